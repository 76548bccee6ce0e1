/** One piece of a query as it is typed; positions are those of the text that was scanned. */
export interface QueryToken {
  from: number;
  to: number;
  isExcluded: boolean;
  /** Where it begins after its dashes. */
  bodyFrom: number;
  /** The letters before a colon, as typed. */
  name: string | null;
  /** Where the part after the name begins, at its quotation mark if it has one. */
  valueFrom: number;
  /** The part after the name, without quotation marks. */
  value: string;
  isQuoted: boolean;
  /** Whether the quotation has its closing mark. */
  isClosed: boolean;
}

/** Any of them opens and any closes a quotation: keyboards type one kind, copied texts have others. */
export const quotes = /["“”„‟«»]/g;

/**
 * Matches at every position, so that it never backtracks over more than the letters of one name. A dash may also be the
 * en dash or minus that phones make of it.
 */
const tokenPattern =
  /(?<dashes>[-–−]*)(?<named>(?<name>\p{L}+):)?(?:["“”„‟«»](?<quoted>[^"“”„‟«»]*)(?<end>["“”„‟«»]?)|(?<bare>[^\s\u0085"“”„‟«»]*))/gu;

/** Those characters between words that cleanText replaces by a space. */
export const whitespace = /[\s\u0085]/;

/** The pieces of a query, in order; between them is only white space. Linear in the text's length. */
export function scanQuery(text: string): QueryToken[] {
  const tokens: QueryToken[] = [];
  for (const { 0: match, index: from, groups = {} } of text.matchAll(tokenPattern)) {
    if (match === '') continue;
    const { dashes = '', named = '', name = null, quoted, end = '', bare = '' } = groups;
    const bodyFrom = from + dashes.length;
    tokens.push({
      from,
      to: from + match.length,
      // after a closing quotation mark a dash is a hyphen: "state of the art"-like
      isExcluded: dashes !== '' && (from === 0 || whitespace.test(text.charAt(from - 1))),
      bodyFrom,
      name,
      valueFrom: bodyFrom + named.length,
      value: quoted ?? bare,
      isQuoted: quoted !== undefined,
      isClosed: end !== '',
    });
  }
  return tokens;
}
