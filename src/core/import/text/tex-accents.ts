/** Accent commands and the combining marks they stand for (arXiv's help pages, "prep", and what BibTeX files add). */
const MARKS = new Map([
  ['`', '\u0300'],
  ["'", '\u0301'],
  ['^', '\u0302'],
  ['~', '\u0303'],
  ['=', '\u0304'],
  ['u', '\u0306'],
  ['.', '\u0307'],
  ['"', '\u0308'],
  ['r', '\u030A'],
  ['H', '\u030B'],
  ['v', '\u030C'],
  ['d', '\u0323'],
  ['c', '\u0327'],
  ['k', '\u0328'],
  ['b', '\u0331'],
  ['t', '\u0361'],
]);

/** Commands that stand for a letter. */
const LETTERS = new Map(
  (
    'ss=ß SS=ẞ ae=æ AE=Æ oe=œ OE=Œ aa=å AA=Å o=ø O=Ø l=ł L=Ł i=ı j=ȷ th=þ TH=Þ dh=ð DH=Ð dj=đ DJ=Đ ng=ŋ NG=Ŋ ' +
    'ij=ĳ IJ=Ĳ'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, -2), entry.slice(-1)]),
);

const LETTER_NAMES = [...LETTERS.keys()].sort((a, b) => b.length - a.length).join('|');
const LETTER_COMMAND = String.raw`\\(?:${LETTER_NAMES})(?![A-Za-z])`;

/** What an accent is put on: a letter, or the command for one. */
const BASE = String.raw`(?:${LETTER_COMMAND}|\p{Letter}\p{Mark}{0,4})`;
const ACCENTED = String.raw`\\(?:[\x60'^"~=.]|[uvHtcdbkr](?![A-Za-z]))[ \t]{0,3}(?:\{\s?${BASE}\p{Letter}?\s?\}|${BASE})`;
const ACCENT = new RegExp(String.raw`\{${ACCENTED}\}|${ACCENTED}`, 'gu');
const LETTER = new RegExp(String.raw`\{${LETTER_COMMAND}\s?\}|${LETTER_COMMAND}(?:\{\}|[ \t]{1,3})?`, 'gu');
const PARTS = new RegExp(String.raw`^\{?\\(.)[ \t]{0,3}\{?\s?(${BASE})(\p{Letter}?)`, 'u');

/** Vietnamese has two accents on a letter, one inside the other in TeX. */
const ACCENTS_ON_A_LETTER = 2;

/** Accent and letter commands → letters (NFC), with the braces round each. Takes all text for text: no math in it. */
export function decodeAccentCommands(text: string): string {
  if (!text.includes('\\')) return text;
  let decoded = text;
  for (let pass = 0; pass < ACCENTS_ON_A_LETTER; pass++) decoded = decoded.replace(ACCENT, accented);
  return decoded.replace(LETTER, (command) => LETTERS.get(nameOf(command)) ?? command);
}

function accented(command: string): string {
  const [, accent = '', base = '', second = ''] = PARTS.exec(command) ?? [];
  const mark = MARKS.get(accent);
  if (mark === undefined) return command;
  return `${plainLetter(base)}${mark}${second}`.normalize('NFC');
}

/** An accent replaces the dot of an i; TeX has it put on a dotless one. */
function plainLetter(base: string): string {
  if (!base.startsWith('\\')) return base;
  const name = nameOf(base);
  return name === 'i' || name === 'j' ? name : (LETTERS.get(name) ?? base);
}

function nameOf(command: string): string {
  return command.replace(/[^A-Za-z]/g, '');
}
