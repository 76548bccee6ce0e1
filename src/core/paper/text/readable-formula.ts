import { greekLetters, mathSigns } from './math-symbols';

/**
 * Symbols that a reader would type as a word. All others stay symbols: the model knows the common ones, and a lexical
 * index ignores them, as it should the word "in" for ∈.
 */
const signWords = new Map([
  ['infty', 'infinity'],
  ['sum', 'sum'],
  ['prod', 'product'],
  ['int', 'integral'],
  ['partial', 'partial'],
  ['nabla', 'nabla'],
  ['hbar', 'hbar'],
  ['aleph', 'aleph'],
  ['ell', 'l'],
  ['Re', 'Re'],
  ['Im', 'Im'],
]);

/** Commands that affect only the appearance of their argument. */
const formattingCommands = new Set(
  (
    'mathbb mathbf mathcal mathfrak mathit mathrm mathscr mathsf mathtt mathnormal boldsymbol bm bf rm it cal text ' +
    'textbf textit textrm textsf textsc texttt textnormal operatorname mbox hbox fbox emph ensuremath displaystyle ' +
    'textstyle scriptstyle limits nolimits left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr hat ' +
    'widehat bar overline underline tilde widetilde vec dot ddot check breve acute grave mathring overbrace ' +
    'underbrace mathop mathrel mathbin rm quad qquad nonumber notag label'
  ).split(' '),
);

const fractionCommands = new Set(['frac', 'dfrac', 'tfrac', 'cfrac']);

/** How the next or the open group is written. */
type Role = 'plain' | 'script' | 'numerator' | 'denominator' | 'root';

interface Group {
  role: Role;
  text: string;
  /** It starts right after the name of a command. */
  followsWord: boolean;
}

const tokenPattern = /\\(?:begin|end)\s*\{[^{}]*\}|\\[a-zA-Z]+|\\[^]|\s+|[^\\\s]/gu;

/**
 * A formula, without its delimiters, in words and plain symbols. Greek letters become their names: "alpha" is what a
 * reader types and what other authors write, and MiniLM finds eight sentences nearer to such queries with the name
 * (mean cosine 0.838) than with the letter or the TeX source (0.811). `\mathbb{R}^n` → `R^n`, `\frac{1}{n+1}` →
 * `1/(n+1)`.
 */
export function readableFormula(formula: string): string {
  const groups: Group[] = [{ role: 'plain', text: '', followsWord: false }];
  let next: Role = 'plain';
  let endsInWord = false;
  const add = (piece: string, isWord: boolean) => {
    const group = groups.at(-1);
    if (group === undefined || piece === '') return;
    // A name must not run into the letter or digit before it, nor the next one into the name.
    const boundary = isWord ? /[\p{Letter}\p{Number}]$/u : endsInWord ? /\p{Letter}$/u : null;
    const needsSpace =
      boundary?.test(group.text.slice(-2)) === true && /^[\p{Letter}\p{Number}]/u.test(piece);
    group.text += needsSpace ? ` ${piece}` : piece;
    endsInWord = isWord;
  };
  const close = () => {
    const closed = groups.pop();
    if (closed === undefined) return;
    next = closed.role === 'numerator' ? 'denominator' : 'plain';
    endsInWord = closed.followsWord;
    add(written(closed), /^\p{Letter}{2}/u.test(closed.text));
  };

  for (const [token] of formula.matchAll(tokenPattern)) {
    const name = token.startsWith('\\') ? token.slice(1) : '';
    if (token === '{') {
      groups.push({ role: next, text: '', followsWord: endsInWord });
      endsInWord = false;
      next = 'plain';
    } else if (token === '}') {
      if (groups.length > 1) close();
    } else if (token === '^' || token === '_') {
      add(token, false);
      next = 'script';
    } else if (fractionCommands.has(name)) {
      next = 'numerator';
    } else if (name === 'sqrt') {
      next = 'root';
    } else if (token.trim() !== '' || next === 'plain') {
      add(readable(token), name.length > 1);
      if (!formattingCommands.has(name)) next = 'plain';
    }
  }
  while (groups.length > 1) close();
  return (groups[0]?.text ?? '').replace(/\s+/g, ' ').replace(/\^∘/g, '°').trim();
}

function readable(token: string): string {
  if (!token.startsWith('\\')) return token === '~' || token === '&' ? ' ' : token;
  const name = token.slice(1);
  if (/^(?:begin|end)\b/.test(name) || formattingCommands.has(name)) return /^q?quad$/.test(name) ? ' ' : '';
  if (/^[a-z]/i.test(name)) {
    if (greekLetters.has(name)) return name.replace(/^var/, '');
    return signWords.get(name) ?? mathSigns.get(name) ?? name;
  }
  if (name === '|') return '‖';
  return /[%&$#_{}]/.test(name) ? name : ' ';
}

function written({ role, text }: Group): string {
  const content = text.trim();
  if (role === 'plain') return content;
  if (role === 'root') return `sqrt(${content})`;
  const isSimple =
    role === 'script' ? !/.[-+/\s]/u.test(content) : /^-?[\p{Letter}\p{Number}.^_]*$/u.test(content);
  const bracketed = isSimple ? content : `(${content})`;
  return role === 'numerator' ? `${bracketed}/` : bracketed;
}
