import { printClause, printQuery } from './print-query';
import { maxQueryLength, parseQuery, type Clause } from './query';

/**
 * The text without its n-th clause, the others in their order. What parseQuery ignores, such as an empty field, is
 * dropped too.
 */
export function withoutClause(text: string, index: number): string {
  const query = parseQuery(text);
  return printQuery({ ...query, clauses: query.clauses.filter((_, at) => at !== index) });
}

/**
 * The text with a clause at its end. Unchanged when it already has that clause, and when it cannot take one: a pasted
 * text has no operators, and a text that became too long would be read as a pasted one.
 */
export function withClause(text: string, clause: Clause): string {
  const query = parseQuery(text);
  const added = printClause(clause);
  const isThere = query.clauses.some((clause) => printClause(clause).toLowerCase() === added.toLowerCase());
  if (query.isPasted || added === '' || isThere) return text;
  const printed = printQuery({ ...query, clauses: [...query.clauses, clause] });
  return printed.length > maxQueryLength ? text : printed;
}
