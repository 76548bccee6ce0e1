import { mathSegments } from '../../paper/text/math-text';
import { GREEK, SIGNS } from '../../paper/text/math-symbols';
import { Cursor } from './cursor';
import { decodeAccentCommands } from './tex-accents';

/** TeX's accents and letters outside formulas → Unicode (NFC). All else stays as it is. */
export function decodeAccents(tex: string): string {
  return outsideMath(tex, decodeAccentCommands);
}

/**
 * TeX text as one reads it: accents decoded, escaped signs, dashes and quotes as such, commands gone and their arguments
 * kept, grouping braces dropped. Formulas stay byte for byte.
 */
export function texToText(tex: string): string {
  return outsideMath(tex, (text) => withoutCommands(new Cursor(decodeAccentCommands(text))));
}

function outsideMath(tex: string, decode: (text: string) => string): string {
  if (!tex.includes('$') && !tex.includes('\\')) return decode(tex);
  return mathSegments(tex)
    .map(({ kind, source }) => (kind === 'math' ? source : decode(source)))
    .join('');
}

/** Commands for what a keyboard has no key for, beside those that formulas have too. */
const SPECIALS = new Map(
  Object.entries({
    textbackslash: '\\',
    textasciitilde: '~',
    textasciicircum: '^',
    textunderscore: '_',
    textbar: '|',
    textless: '<',
    textgreater: '>',
    textendash: '–',
    textemdash: '—',
    textquoteleft: '‘',
    textquoteright: '’',
    textquotedblleft: '“',
    textquotedblright: '”',
    textquotesingle: "'",
    guillemotleft: '«',
    guillemotright: '»',
    textellipsis: '…',
    textdegree: '°',
    textmu: 'µ',
    texteuro: '€',
    euro: '€',
    pounds: '£',
    textregistered: '®',
    texttrademark: '™',
    copyright: '©',
    textcopyright: '©',
    S: '§',
    P: '¶',
    dag: '†',
    ddag: '‡',
    LaTeX: 'LaTeX',
    TeX: 'TeX',
    BibTeX: 'BibTeX',
    newline: ' ',
    par: '\n\n',
    quad: ' ',
    qquad: ' ',
    slash: '/',
  }),
);

const PLAIN = /[^\\{}~`'-]+/y;
const NAME = /\\[a-zA-Z]+\*?/y;
/** White space after a command belongs to the command, unless `{}` stands between. */
const AFTER_NAME = /[ \t]*\n?[ \t]*(?:\{\})?/y;
const WEB_ADDRESS = /\s*\{[^{}]*\}/y;
const BRACKETED = /\[[^[\]{}]{0,200}\]/y;
const SIGN = /---?|``|''|\{\\(?:bf|em|it|rm|sc|sf|sl|tt)(?![a-zA-Z])\s*|[^]/y;

/** The text that the cursor goes over, without commands and braces. */
export function withoutCommands(cursor: Cursor): string {
  const pieces: string[] = [];
  while (!cursor.isDone) {
    const plain = cursor.take(PLAIN);
    if (plain !== null) pieces.push(plain);
    else if (cursor.peek() === '\\') pieces.push(command(cursor));
    else pieces.push(sign(cursor.take(SIGN) ?? ''));
  }
  return pieces.join('');
}

function sign(written: string): string {
  switch (written) {
    case '---':
      return '—';
    case '--':
      return '–';
    case '``':
      return '“';
    case "''":
      return '”';
    case '~':
      return ' ';
    default:
      return /^[{}]/.test(written) ? '' : written;
  }
}

function command(cursor: Cursor): string {
  const taken = cursor.take(NAME);
  if (taken === null) return escaped(cursor);
  const name = taken.replace(/[\\*]/g, '');
  if (name === 'url' || name === 'path' || name === 'nolinkurl') {
    const address = cursor.take(WEB_ADDRESS);
    if (address !== null) return address.trim().slice(1, -1);
  }
  if (name === 'href' || name === 'label') {
    cursor.take(WEB_ADDRESS);
    return '';
  }
  cursor.take(AFTER_NAME);
  const symbol = SPECIALS.get(name) ?? GREEK.get(name) ?? SIGNS.get(name);
  if (symbol === undefined) cursor.take(BRACKETED);
  return symbol ?? '';
}

const ESCAPE = /\\[^]?/y;

/** A backslash and a sign: the sign, a space, or a hint to the typesetter. */
function escaped(cursor: Cursor): string {
  const character = (cursor.take(ESCAPE) ?? '').slice(1);
  if (character === '') return '\\';
  if (/[\s\\,;:]/.test(character)) return ' ';
  if (/[-/!@]/.test(character)) return '';
  if (/[~^]/.test(character)) {
    cursor.take(/\{\}/y);
    return character;
  }
  return /["'`=.]/.test(character) ? `\\${character}` : character;
}
