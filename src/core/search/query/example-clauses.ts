import { foldText } from '../../paper/text/clean';
import { beginningOf } from '../../paper/text/title-beginning';
import { withClause, withoutClause } from './edit-query';
import { plainValue } from './print-query';
import { parseQuery, type Clause } from './query';

interface Titled {
  id: string;
  title: string;
}

/** In characters. Longer names would leave a query no room for other papers, and be hard to read. */
export const maxNameLength = 60;

/**
 * The text with these papers as liked or unliked examples: by the beginnings of their titles, or by their ids if there
 * is no room for titles. Earlier clauses for them are removed, as a paper cannot be both. Null when there is no room.
 * `library` is all papers, as a name must mean only one of them. Reads every title once.
 */
export function withExamples(
  text: string,
  papers: readonly Titled[],
  isExcluded: boolean,
  library: readonly Titled[],
): string | null {
  const ids = papers.map(({ id }) => id);
  const names = namesOf(papers, library);
  const left = removeExamples(text, new Set([...names, ...ids, ...papers.map(({ title }) => title)]));
  return addExamples(left, names, isExcluded) ?? addExamples(left, ids, isExcluded);
}

/** Beginnings of titles, or ids for papers whose beginning is not unique or cannot be typed. */
function namesOf(papers: readonly Titled[], library: readonly Titled[]): string[] {
  const folded = library.map(({ title }) => foldText(title));
  return papers.map(({ id, title }) => {
    const name = beginningOf(title, maxNameLength);
    const prefix = foldText(name);
    const isUnique = folded.filter((other) => other.startsWith(prefix)).length === 1;
    return isUnique && prefix !== '' && plainValue(name) === name ? name : id;
  });
}

function removeExamples(text: string, names: ReadonlySet<string>): string {
  const folded = new Set([...names].map(foldText));
  const isExample = ({ anyOf: [term, ...others] }: Clause) =>
    others.length === 0 && term?.kind === 'field' && term.field === 'like' && folded.has(foldText(term.text));
  const at = parseQuery(text).clauses.findIndex(isExample);
  return at < 0 ? text : removeExamples(withoutClause(text, at), names);
}

function addExamples(text: string, names: readonly string[], isExcluded: boolean): string | null {
  let longer = text;
  for (const name of names) {
    const clause: Clause = { isExcluded, anyOf: [{ kind: 'field', field: 'like', text: name }] };
    const next = withClause(longer, clause);
    if (next === longer) return null;
    longer = next;
  }
  return longer;
}
