/** Accent commands and their combining marks (from arXiv's help pages, "prep", and BibTeX files). */
const combiningMarks = new Map([
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
const letterCommands = new Map(
  (
    'ss=ß SS=ẞ ae=æ AE=Æ oe=œ OE=Œ aa=å AA=Å o=ø O=Ø l=ł L=Ł i=ı j=ȷ th=þ TH=Þ dh=ð DH=Ð dj=đ DJ=Đ ng=ŋ NG=Ŋ ' +
    'ij=ĳ IJ=Ĳ'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, -2), entry.slice(-1)]),
);

const letterNames = [...letterCommands.keys()].sort((a, b) => b.length - a.length).join('|');
const letterCommandPattern = String.raw`\\(?:${letterNames})(?![A-Za-z])`;

/** The base of an accent: a letter, or the command for one. */
const basePattern = String.raw`(?:${letterCommandPattern}|\p{Letter}\p{Mark}{0,4})`;
const accentedPattern = String.raw`\\(?:[\x60'^"~=.]|[uvHtcdbkr](?![A-Za-z]))[ \t]{0,3}(?:\{\s?${basePattern}\p{Letter}?\s?\}|${basePattern})`;
const accentPattern = new RegExp(String.raw`\{${accentedPattern}\}|${accentedPattern}`, 'gu');
const letterPattern = new RegExp(
  String.raw`\{${letterCommandPattern}\s?\}|${letterCommandPattern}(?:\{\}|[ \t]{1,3})?`,
  'gu',
);
const partsPattern = new RegExp(String.raw`^\{?\\(.)[ \t]{0,3}\{?\s?(${basePattern})(\p{Letter}?)`, 'u');

/** Vietnamese has two accents on a letter, one inside the other in TeX. */
const maxAccentsOnLetter = 2;

/** Replaces accent and letter commands, and the braces around each, by letters (NFC). The text must not hold math. */
export function decodeAccentCommands(text: string): string {
  if (!text.includes('\\')) return text;
  let decoded = text;
  for (let pass = 0; pass < maxAccentsOnLetter; pass++) decoded = decoded.replace(accentPattern, accented);
  return decoded.replace(letterPattern, (command) => letterCommands.get(nameOf(command)) ?? command);
}

function accented(command: string): string {
  const [, accent = '', base = '', second = ''] = partsPattern.exec(command) ?? [];
  const mark = combiningMarks.get(accent);
  if (mark === undefined) return command;
  return `${plainLetter(base)}${mark}${second}`.normalize('NFC');
}

/** In TeX an accent goes on a dotless i; in Unicode it replaces the dot. */
function plainLetter(base: string): string {
  if (!base.startsWith('\\')) return base;
  const name = nameOf(base);
  return name === 'i' || name === 'j' ? name : (letterCommands.get(name) ?? base);
}

function nameOf(command: string): string {
  return command.replace(/[^A-Za-z]/g, '');
}
