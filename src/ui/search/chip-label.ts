import type { Term } from '../../core/search/query/query';
import { filterClauses, type FilterClause } from '../../core/search/query/query-filters';

/** Characters that a chip shows of a value at most. */
const longestValue = 40;

/** The label of a filter, with titles instead of paper ids, and with long values cut. */
export function chipLabel(
  { clause, label }: FilterClause,
  titleOf: (id: string) => string | undefined,
): string {
  const anyOf = clause.anyOf.map((term) => shortened(term, titleOf));
  const [filter] = filterClauses({ clauses: [{ ...clause, anyOf }], isPasted: false, remarks: [] });
  return filter?.label ?? label;
}

function shortened(term: Term, titleOf: (id: string) => string | undefined): Term {
  if (!('text' in term)) return term;
  const isExample = term.kind === 'field' && term.field === 'like';
  const text = (isExample ? titleOf(term.text) : undefined) ?? term.text;
  return {
    ...term,
    text: text.length > longestValue ? `${text.slice(0, longestValue - 1).trimEnd()}…` : text,
  };
}
