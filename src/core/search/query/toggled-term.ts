import { foldText } from '../../paper/text/clean';
import { printQuery } from './print-query';
import { maxQueryLength, parseQuery, type Clause, type State, type Term } from './query';

/** A filter that is on or off as a whole: a state of papers, or one of the reader's tags. */
export type Toggle = { kind: 'is'; state: State } | { kind: 'field'; field: 'tag'; text: string };

/** The states and tags that a text requires, each by a clause of its own. */
export function requiredToggles(text: string): Toggle[] {
  const query = parseQuery(text);
  return query.isPasted ? [] : query.clauses.flatMap((clause) => toggleOf(clause) ?? []);
}

/**
 * The text with a clause that requires this, or without every such clause if there is one. A clause that excludes it goes,
 * as it would find nothing beside the other. Null when the text cannot take it: a pasted text has no operators, and a text
 * that became too long would be read as a pasted one.
 */
export function toggledTerm(text: string, toggle: Toggle): string | null {
  const query = parseQuery(text);
  if (query.isPasted) return null;
  const isThere = requiredToggles(text).some((other) => isSame(other, toggle));
  const clauses = query.clauses.filter(
    ({ anyOf }) => !(anyOf.length === 1 && anyOf.some((term) => isSame(term, toggle))),
  );
  if (!isThere) clauses.push({ isExcluded: false, anyOf: [toggle] });
  const printed = printQuery({ ...query, clauses });
  return printed.length > maxQueryLength ? null : printed;
}

/** The filter that a clause is; undefined for another clause. */
export function toggleOf({ isExcluded, anyOf }: Clause): Toggle | undefined {
  const [term, ...others] = anyOf;
  if (isExcluded || others.length > 0 || term === undefined) return undefined;
  if (term.kind === 'is') return term;
  return term.kind === 'field' && term.field === 'tag' ? { ...term, field: 'tag' } : undefined;
}

function isSame(term: Term, toggle: Toggle): boolean {
  if (toggle.kind === 'is') return term.kind === 'is' && term.state === toggle.state;
  return term.kind === 'field' && term.field === 'tag' && foldText(term.text) === foldText(toggle.text);
}
