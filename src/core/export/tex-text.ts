import { mathSegments } from '../paper/text/math-text';

/*
 * Plain text as TeX in a braced value. Unicode stays as it is; formulas stay byte for byte. BibTeX counts every brace,
 * also one after a backslash, so the braces of a value must match however they are written.
 */

const needsEscape = /[\\{}$&%#_^~]|--|``|''|<[a-z/!?]/i;
const specialPattern = /[\\{}$&%#_^~]|--+|``+|''+|<(?=[a-z/!?])/gi;

const commands: Record<string, string> = {
  '\\': '\\textbackslash{}',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '\\textless{}',
};
/** Where the braces of the text do not match. */
const braceCommands: Record<string, string> = { '{': '\\textbraceleft{}', '}': '\\textbraceright{}' };
const formulaBraces: Record<string, string> = { '\\{': '\\lbrace ', '\\}': '\\rbrace ' };

/** The text as the value of a field. */
export function texText(text: string): string {
  return needsEscape.test(text) ? written(text, escaped) : text;
}

/** The text of a title, in which styles change capitals: words with capitals inside are kept by braces, as are formulas. */
export function texTitle(title: string): string {
  if (!needsEscape.test(title) && !innerCapital.test(title)) return title;
  return written(title, protectedWords, (formula) => `{${formula}}`);
}

type Escape = (text: string, hasBalancedBraces: boolean) => string;

function written(
  text: string,
  escape: Escape,
  formula: (source: string) => string = (source) => source,
): string {
  const isBalanced = hasBalancedBraces(text);
  if (!/[$\\]/.test(text)) return escape(text, isBalanced);
  return mathSegments(text)
    .map(({ kind, source }) => {
      if (kind === 'text') return escape(source, isBalanced);
      if (isBalanced || hasBalancedBraces(source)) return formula(source);
      // `$\{x$` means the same with the name of the brace.
      const named = source.replace(/\\[^]/g, (pair) => formulaBraces[pair] ?? pair);
      return hasBalancedBraces(named) ? formula(named) : escape(source, false);
    })
    .join('');
}

function escaped(text: string, isBalanced: boolean): string {
  return text.replace(specialPattern, (found, index: number) => {
    if (isBalanced && /[{}]/.test(found)) return `\\${found}`;
    const command = commands[found] ?? braceCommands[found];
    if (command !== undefined) return command;
    // TeX joins these to dashes and quotes.
    if (/^[-`']/.test(found)) return found.split('').join('{}');
    // An entity in the text is not one of the file.
    return found === '&' && /^&[a-z]+;/i.test(text.slice(index, index + 40)) ? '\\&{}' : `\\${found}`;
  });
}

const innerCapital = /[\p{L}\p{N}][’']?\p{Lu}/u;

function protectedWords(text: string, isBalanced: boolean): string {
  if (!innerCapital.test(text)) return escaped(text, isBalanced);
  // The runs of blanks and of words are escaped apart, as none of the special sequences includes a blank.
  return text.replace(/\S+/g, (word) => {
    if (!innerCapital.test(word)) return escaped(word, isBalanced);
    const [, before = '', core = '', after = ''] =
      /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su.exec(word) ?? [];
    return `${escaped(before, isBalanced)}{${escaped(core, isBalanced)}}${escaped(after, isBalanced)}`;
  });
}

/** As BibTeX counts: every brace, never more closed than opened. */
export function hasBalancedBraces(text: string): boolean {
  let depth = 0;
  for (const [brace] of text.matchAll(/[{}]/g)) {
    depth += brace === '{' ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
