import { cleanText } from '../../paper/text/clean';
import { parseQuery, type Clause, type Query, type Term } from './query';
import { QUOTES } from './query-tokens';

/**
 * The query as one would type it. What parseQuery gave is read back as the same clauses; of terms that it could not
 * give, such as a word with a space, it prints what comes nearest.
 */
export function printQuery({ clauses, isPasted }: Query): string {
  const [first] = clauses;
  if (isPasted) return first?.anyOf[0]?.kind === 'word' ? first.anyOf[0].text : '';
  return clauses.map(printClause).filter(Boolean).join(' ');
}

/** '' for a clause without anything to search. */
export function printClause({ isExcluded, anyOf }: Clause): string {
  const terms = anyOf.map(printTerm).filter(Boolean);
  return isExcluded ? terms.map((term) => `-${term}`).join(' ') : terms.join(' OR ');
}

function printTerm(term: Term): string {
  switch (term.kind) {
    case 'word':
      return isWord(term.text) ? term.text : quoted(plainValue(term.text));
    case 'phrase':
      return quoted(plainValue(term.text));
    case 'field': {
      const value = printValue(term.text);
      return value && `${term.field}:${value}`;
    }
    case 'year':
      return printYears(term.from, term.to);
    case 'is':
      return `is:${term.state}`;
  }
}

/** The value of a field as it is typed, quoted where it has spaces. '' when it holds quotation marks only. */
export function printValue(text: string): string {
  const value = plainValue(text);
  return value.includes(' ') ? quoted(value) : value;
}

/** A value as a query can hold it: clean, and without quotation marks. */
export function plainValue(text: string): string {
  return cleanText(text.replace(QUOTES, ' '));
}

function quoted(text: string): string {
  return text && `"${text}"`;
}

function printYears(from: number | null, to: number | null): string {
  if (from === null && to === null) return '';
  return from === to ? `year:${from}` : `year:${from ?? ''}..${to ?? ''}`;
}

/** Whether it is read as the word that it is, and not as an operator, a field or nothing. */
function isWord(text: string): boolean {
  const [clause, ...others] = parseQuery(text).clauses;
  if (clause === undefined || clause.isExcluded || others.length > 0) return false;
  const [term, ...alternatives] = clause.anyOf;
  return alternatives.length === 0 && term?.kind === 'word' && term.text === text;
}
