import { mathSegments } from '../../paper/text/math-text';
import { greekLetters, mathSigns } from '../../paper/text/math-symbols';
import { Cursor } from './cursor';
import { decodeAccentCommands } from './tex-accents';

/** Replaces TeX's accents and letters outside formulas by Unicode (NFC). All else is unchanged. */
export function decodeAccents(tex: string): string {
  return outsideMath(tex, decodeAccentCommands);
}

/**
 * The plain text of TeX: accents, escaped characters, dashes and quotes decoded, commands removed but not their
 * arguments, grouping braces removed. Formulas are unchanged, byte for byte.
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

/** Commands for special characters, beside those that occur in formulas too. */
const specialCommands = new Map(
  Object.entries({
    textbackslash: '\\',
    textbraceleft: '{',
    textbraceright: '}',
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

const plainPattern = /[^\\{}~`'-]+/y;
const namePattern = /\\[a-zA-Z]+\*?/y;
/** White space after a command belongs to the command, unless `{}` comes before it. */
const afterNamePattern = /[ \t]*\n?[ \t]*(?:\{\})?/y;
const webAddressPattern = /\s*\{[^{}]*\}/y;
const bracketedPattern = /\[[^[\]{}]{0,200}\]/y;
const characterPattern = /---?|``|''|\{\\(?:bf|em|it|rm|sc|sf|sl|tt)(?![a-zA-Z])\s*|[^]/y;

/** The rest of the cursor's text, without commands and braces. */
export function withoutCommands(cursor: Cursor): string {
  const pieces: string[] = [];
  while (!cursor.isDone) {
    const plain = cursor.take(plainPattern);
    if (plain !== null) pieces.push(plain);
    else if (cursor.peek() === '\\') pieces.push(command(cursor));
    else pieces.push(character(cursor.take(characterPattern) ?? ''));
  }
  return pieces.join('');
}

function character(written: string): string {
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
  const taken = cursor.take(namePattern);
  if (taken === null) return escaped(cursor);
  const name = taken.replace(/[\\*]/g, '');
  if (name === 'url' || name === 'path' || name === 'nolinkurl') {
    const address = cursor.take(webAddressPattern);
    if (address !== null) return address.trim().slice(1, -1);
  }
  if (name === 'href' || name === 'label') {
    cursor.take(webAddressPattern);
    return '';
  }
  cursor.take(afterNamePattern);
  const symbol = specialCommands.get(name) ?? greekLetters.get(name) ?? mathSigns.get(name);
  if (symbol === undefined) cursor.take(bracketedPattern);
  return symbol ?? '';
}

const escapePattern = /\\[^]?/y;

/** A backslash and a character: the character itself, a space, or a hint for typesetting. */
function escaped(cursor: Cursor): string {
  const character = (cursor.take(escapePattern) ?? '').slice(1);
  if (character === '') return '\\';
  if (/[\s\\,;:]/.test(character)) return ' ';
  if (/[-/!@]/.test(character)) return '';
  if (/[~^]/.test(character)) {
    cursor.take(/\{\}/y);
    return character;
  }
  return /["'`=.]/.test(character) ? `\\${character}` : character;
}
