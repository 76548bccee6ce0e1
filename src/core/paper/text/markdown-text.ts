import { mathSegments } from './math-text';

/**
 * Characters to which Markdown, or HTML in it, gives a meaning anywhere in a line. Of two brackets only the second, as with
 * a backslash before both they would delimit a formula.
 */
const specialCharacters = /[\\`*_\]<>#|~&$]/g;
/** What would begin a list, an underline or a definition. */
const lineBeginning = /^(?:[-+=:]|\d{1,9}[.)])/;

/** One line of plain text as Markdown. Formulas stay as they are, for programs that draw them. */
export function markdownText(text: string): string {
  const written = /[$\\]/.test(text)
    ? mathSegments(text)
        .map(({ kind, source }) => (kind === 'math' ? source : escaped(source)))
        .join('')
    : escaped(text);
  return written.replace(lineBeginning, (begin) => `${begin.slice(0, -1)}\\${begin.slice(-1)}`);
}

function escaped(text: string): string {
  return text.replace(specialCharacters, '\\$&');
}

/** The plain text of one line that `markdownText` wrote. */
export function plainMarkdown(source: string): string {
  if (!source.includes('\\')) return source;
  return mathSegments(source)
    .map(({ kind, source: own }) => (kind === 'math' ? own : own.replace(/\\([!-/:-@[-`{-~])/g, '$1')))
    .join('');
}
