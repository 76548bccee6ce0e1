import type { Clause, Query, State, Term } from './query';

/** A clause that decides which papers are listed, rather than their order. */
export interface FilterClause {
  /** Its index among the query's clauses, for withoutClause. */
  index: number;
  clause: Clause;
  /** For a chip: `Author: márquez`, `2020–2023`, `Not “survey”`. */
  label: string;
}

/** Exclusions, and the clauses with a field, years or a state in them, in order. */
export function filterClauses({ clauses }: Query): FilterClause[] {
  return clauses.flatMap((clause, index) => {
    const isFilter =
      clause.isExcluded || clause.anyOf.some(({ kind }) => kind !== 'word' && kind !== 'phrase');
    return isFilter ? [{ index, clause, label: labelOf(clause) }] : [];
  });
}

/**
 * The clauses that papers are ranked by: words, phrases and titles that are not excluded. A clause that also has another
 * field as an alternative does not rank, since papers that match the field need not hold the words.
 */
export function rankingClauses({ clauses }: Query): RankingTerm[][] {
  return clauses.flatMap(({ isExcluded, anyOf }) =>
    !isExcluded && anyOf.every(isRanking) ? [anyOf.filter(isRanking)] : [],
  );
}

/** The text that is embedded and ranked by, in the order of the query. */
export function rankedText(query: Query): string {
  return rankingClauses(query)
    .flatMap((anyOf) => anyOf.map(({ text }) => text))
    .join(' ');
}

export type RankingTerm = Extract<Term, { text: string }>;

function isRanking(term: Term): term is RankingTerm {
  return term.kind === 'word' || term.kind === 'phrase' || (term.kind === 'field' && term.field === 'title');
}

function labelOf({ isExcluded, anyOf }: Clause): string {
  const label = anyOf.map((term, at) => labelOfTerm(term, anyOf[at - 1])).join(' or ');
  if (!isExcluded) return label;
  return `Not ${label.charAt(0).toLowerCase()}${label.slice(1)}`;
}

/** The name of a field is not repeated: `Title: a or b`. */
function labelOfTerm(term: Term, before: Term | undefined): string {
  switch (term.kind) {
    case 'word':
    case 'phrase':
      return `“${term.text}”`;
    case 'field': {
      const isNamed = before?.kind === 'field' && before.field === term.field;
      const value = term.field === 'like' ? `“${term.text}”` : term.text;
      return isNamed ? value : `${fieldNames[term.field]} ${value}`;
    }
    case 'year':
      return labelOfYears(term.from, term.to);
    case 'is':
      return stateNames[term.state];
  }
}

const fieldNames = {
  title: 'Title:',
  author: 'Author:',
  venue: 'Venue:',
  tag: 'Tag:',
  topic: 'Topic:',
  digest: 'Digest:',
  like: 'Like',
};

export const stateNames: Record<State, string> = {
  read: 'Read',
  unread: 'Unread',
  starred: 'Starred',
  new: 'New',
  noted: 'Has note',
};

function labelOfYears(from: number | null, to: number | null): string {
  if (from === null) return `Until ${to}`;
  if (to === null) return `From ${from}`;
  return from === to ? `${from}` : `${from}–${to}`;
}
