/**
 * What no reader can see and no search should meet: controls, zero-width space, soft hyphen, byte order mark, lone
 * surrogates and the marks that turn the direction of the text after them. Joiners stay: emoji and Persian need them.
 */
const INVISIBLE =
  /(?![\s\u0085])\p{Control}|[\u00AD\u200B\u202A-\u202E\u2060\u2066-\u2069\uFEFF]|\p{Surrogate}/gu;

/** What the rules below could change. Most texts hold none of it. */
const NEEDS_CLEANING = /[^ -~]| {2}|^ | $/;

/** One line of plain text: invisible characters out, white space folded, NFC. Nothing else changes. */
export function cleanText(text: string): string {
  if (!NEEDS_CLEANING.test(text)) return text;
  return text
    .replace(INVISIBLE, '')
    .replace(/[\s\u0085]+/gu, ' ')
    .trim()
    .normalize('NFC');
}

/** What stands within a word without being a part of it. */
const WITHIN_WORDS = /[\u00AD\u200B\u2060\uFEFF]+/g;

/**
 * For comparing and finding texts: no accents, case, punctuation, ligatures (NFKD) or soft hyphens. '' when nothing but
 * punctuation is left.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(WITHIN_WORDS, '')
    .replace(/\p{Mark}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, ' ')
    .trim();
}
