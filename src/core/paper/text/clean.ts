/**
 * Invisible characters: controls, zero-width space, soft hyphen, byte order mark, lone surrogates and the marks that
 * change the direction of the text after them. Not the joiners, which emoji and Persian need.
 */
const invisibleCharacters =
  /(?![\s\u0085])\p{Control}|[\u00AD\u200B\u202A-\u202E\u2060\u2066-\u2069\uFEFF]|\p{Surrogate}/gu;

/** Whether the rules below could change anything: for most texts not. */
const needsCleaning = /[^ -~]| {2}|^ | $/;

/** One line of plain text: without invisible characters, white space collapsed, NFC. Nothing else changes. */
export function cleanText(text: string): string {
  if (!needsCleaning.test(text)) return text;
  return text
    .replace(invisibleCharacters, '')
    .replace(/[\s\u0085]+/gu, ' ')
    .trim()
    .normalize('NFC');
}

/** Invisible characters that may occur within a word. */
const ignoredWithinWords = /[\u00AD\u200B\u2060\uFEFF]+/g;

/**
 * Text folded for comparison and search: no accents, case, punctuation, ligatures (NFKD) or soft hyphens. '' for a text
 * of punctuation only.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(ignoredWithinWords, '')
    .replace(/\p{Mark}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, ' ')
    .trim();
}
