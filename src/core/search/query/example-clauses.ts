import { foldText } from '../../paper/text/clean';
import { beginningOf } from '../../paper/text/title-beginning';
import { withClause, withoutClause } from './edit-query';
import { plainValue } from './print-query';
import { parseQuery, type Clause } from './query';

interface Titled {
  id: string;
  title: string;
}

/** More would leave a query no room for other papers, and nobody to read it. */
export const longestName = 60;

/**
 * The text with these papers as examples to be like, or unlike: by the beginning of their titles, or by their ids where
 * that is all there is room for. What it said of them before goes, as nothing is both. Null when it has no room.
 * `library` is all there is: a name must mean one paper. Reads every title once.
 */
export function withExamples(
  text: string,
  papers: readonly Titled[],
  isExcluded: boolean,
  library: readonly Titled[],
): string | null {
  const ids = papers.map(({ id }) => id);
  const names = namesOf(papers, library);
  const left = withoutExamples(text, new Set([...names, ...ids, ...papers.map(({ title }) => title)]));
  return withAll(left, names, isExcluded) ?? withAll(left, ids, isExcluded);
}

/** Beginnings of titles, which no other title has; else ids. */
function namesOf(papers: readonly Titled[], library: readonly Titled[]): string[] {
  const folded = library.map(({ title }) => foldText(title));
  return papers.map(({ id, title }) => {
    const name = beginningOf(title, longestName);
    const sought = foldText(name);
    const isOne = folded.filter((other) => other.startsWith(sought)).length === 1;
    return isOne && sought !== '' && plainValue(name) === name ? name : id;
  });
}

function withoutExamples(text: string, names: ReadonlySet<string>): string {
  const folded = new Set([...names].map(foldText));
  const isOfThem = ({ anyOf: [term, ...others] }: Clause) =>
    others.length === 0 && term?.kind === 'field' && term.field === 'like' && folded.has(foldText(term.text));
  const at = parseQuery(text).clauses.findIndex(isOfThem);
  return at < 0 ? text : withoutExamples(withoutClause(text, at), names);
}

function withAll(text: string, names: readonly string[], isExcluded: boolean): string | null {
  let longer = text;
  for (const name of names) {
    const clause: Clause = { isExcluded, anyOf: [{ kind: 'field', field: 'like', text: name }] };
    const next = withClause(longer, clause);
    if (next === longer) return null;
    longer = next;
  }
  return longer;
}
