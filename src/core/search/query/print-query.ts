import { cleanText } from '../../paper/text/clean';
import { parseQuery, type Clause, type Query, type Term } from './query';
import { quotes } from './query-tokens';

/**
 * The query as one would type it. A query of parseQuery is read back as the same clauses; a term that parseQuery cannot
 * return, such as a word with a space, is printed as the closest one that it can.
 */
export function printQuery({ clauses, isPasted }: Query): string {
  const [first] = clauses;
  if (isPasted) return first?.anyOf[0]?.kind === 'word' ? first.anyOf[0].text : '';
  return clauses.map(printClause).filter(Boolean).join(' ');
}

/** '' for a clause that searches nothing. */
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

/** The value of a field as it is typed, quoted if it has spaces. '' when it consists of quotation marks. */
export function printValue(text: string): string {
  const value = plainValue(text);
  return value.includes(' ') ? quoted(value) : value;
}

/** A value as a query can hold it: clean, and without quotation marks. */
export function plainValue(text: string): string {
  return cleanText(text.replace(quotes, ' '));
}

function quoted(text: string): string {
  return text && `"${text}"`;
}

function printYears(from: number | null, to: number | null): string {
  if (from === null && to === null) return '';
  return from === to ? `year:${from}` : `year:${from ?? ''}..${to ?? ''}`;
}

/** Whether parseQuery reads the text as one word, and not as an operator, a field or nothing. */
function isWord(text: string): boolean {
  const [clause, ...others] = parseQuery(text).clauses;
  if (clause === undefined || clause.isExcluded || others.length > 0) return false;
  const [term, ...alternatives] = clause.anyOf;
  return alternatives.length === 0 && term?.kind === 'word' && term.text === text;
}
