import { printClause, printQuery } from './print-query';
import { LONGEST_QUERY, parseQuery, type Clause } from './query';

/** The text less its n-th clause; free words keep their order. What was ignored, such as an empty field, is gone too. */
export function withoutClause(text: string, index: number): string {
  const query = parseQuery(text);
  return printQuery({ ...query, clauses: query.clauses.filter((_, at) => at !== index) });
}

/**
 * The text with a clause at its end. As it was when it has that clause already, and when it cannot take one: a pasted
 * text has no operators, and a text that grew too long would be taken for a pasted one.
 */
export function withClause(text: string, clause: Clause): string {
  const query = parseQuery(text);
  const added = printClause(clause);
  const isThere = query.clauses.some((known) => printClause(known).toLowerCase() === added.toLowerCase());
  if (query.isPasted || added === '' || isThere) return text;
  const printed = printQuery({ ...query, clauses: [...query.clauses, clause] });
  return printed.length > LONGEST_QUERY ? text : printed;
}
