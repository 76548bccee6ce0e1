/** One piece of a query as it is typed; positions are those of the text that was scanned. */
export interface QueryToken {
  from: number;
  to: number;
  isExcluded: boolean;
  /** Where it begins without its dashes. */
  bodyFrom: number;
  /** The letters before a colon, as typed. */
  name: string | null;
  /** Where what follows the name begins, with its quotation mark. */
  valueFrom: number;
  /** What follows the name, without quotation marks. */
  value: string;
  isQuoted: boolean;
  /** Whether the quotation has its end. */
  isClosed: boolean;
}

/** Any of them opens and any closes: a keyboard gives one kind, a text that was copied another. */
export const QUOTES = /["“”„‟«»]/g;

/**
 * Matches at every place, so that it never goes back further than over the letters of one name. The dash is also the en
 * dash and the minus that phones make of it.
 */
const TOKEN =
  /(?<dashes>[-–−]*)(?<named>(?<name>\p{L}+):)?(?:["“”„‟«»](?<quoted>[^"“”„‟«»]*)(?<end>["“”„‟«»]?)|(?<bare>[^\s\u0085"“”„‟«»]*))/gu;

/** What parts words, of the signs that cleanText makes one space of. */
export const SPACE = /[\s\u0085]/;

/** The pieces of a query, in order; between them is nothing but white space. Linear in the text's length. */
export function scanQuery(text: string): QueryToken[] {
  const tokens: QueryToken[] = [];
  for (const { 0: found, index: from, groups = {} } of text.matchAll(TOKEN)) {
    if (found === '') continue;
    const { dashes = '', named = '', name = null, quoted, end = '', bare = '' } = groups;
    const bodyFrom = from + dashes.length;
    tokens.push({
      from,
      to: from + found.length,
      // After a closing quotation mark a dash is a hyphen: "state of the art"-like.
      isExcluded: dashes !== '' && (from === 0 || SPACE.test(text.charAt(from - 1))),
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
