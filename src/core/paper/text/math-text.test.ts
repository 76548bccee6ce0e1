import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mathSegments, readableMath } from './math-text';

function formulasOf(text: string): string[] {
  return mathSegments(text)
    .filter(({ kind }) => kind === 'math')
    .map(({ source, isDisplay }) => (isDisplay === true ? `display ${source}` : source));
}

const tokens = fc.constantFrom(
  '$',
  '$$',
  '\\',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '^',
  '_',
  '\\alpha',
  '\\frac',
  ' ',
  '\n',
  'a',
  '5',
);
const texLike = fc
  .array(fc.oneof(tokens, fc.string({ unit: 'binary', maxLength: 2 })))
  .map((parts) => parts.join(''));

describe('mathSegments', () => {
  it('splits a text at its formulas', () => {
    expect(mathSegments('a $k$-means \\(x\\)')).toEqual([
      { kind: 'text', source: 'a ' },
      { kind: 'math', source: '$k$' },
      { kind: 'text', source: '-means ' },
      { kind: 'math', source: '\\(x\\)' },
    ]);
    expect(mathSegments('')).toEqual([]);
  });

  it.each([
    ['$a<b$ and $R^2 > 0.9$', ['$a<b$', '$R^2 > 0.9$']],
    ['$$x$$ and \\[y\\]', ['display $$x$$', 'display \\[y\\]']],
    ['$a$$b$', ['$a$', '$b$']],
    ['$\\sim$5 and $ \\alpha $', ['$\\sim$', '$ \\alpha $']],
    ['$a\\$b$', ['$a\\$b$']],
    ['$a\nb$', ['$a\nb$']],
    ['costs $5, and $x$ is', ['$x$']],
    ['$$ alone, then $x$', ['$x$']],
    ['\\( alone, then $x$', ['$x$']],
  ])('finds the formulas of %j', (text, formulas) => {
    expect(formulasOf(text)).toEqual(formulas);
  });

  it.each([
    'costs $5 and $10',
    '$20,000 to $30,000',
    '\\$x\\$',
    'one $ alone',
    '$ x $',
    '$x $ y',
    '$$$$',
    '\\(\\)',
    '\\\\(x\\\\)',
    '$a\n\nb$',
    '$$a\n \nb$$',
    `$${'x'.repeat(1_001)}$`,
  ])('finds none in %j', (text) => {
    expect(formulasOf(text)).toEqual([]);
  });

  it('loses no part of any text', () => {
    fc.assert(
      fc.property(texLike, (text) => {
        const segments = mathSegments(text);
        expect(segments.map(({ source }) => source).join('')).toBe(text);
        expect(segments.some(({ kind, source }) => kind === 'math' && source.length > 1_004)).toBe(false);
      }),
    );
  });
});

describe('readableMath', () => {
  it.each([
    ['$\\alpha$-sparse', 'alpha-sparse'],
    ['in $\\mathbb{R}^n$ with $10^{-3}$', 'in R^n with 10^-3'],
    ['$\\mathcal{O}(n\\log n)$', 'O(n log n)'],
    ['$2\\pi r$, $\\alpha\\beta$, $\\varepsilon_0$', '2 pi r, alpha beta, epsilon_0'],
    ['$L_\\infty$ and $\\ell_2$', 'L_infinity and l_2'],
    ['$\\frac{1}{n+1}$ and $\\frac{\\partial f}{\\partial x}$', '1/(n+1) and (partial f)/(partial x)'],
    ['$\\sqrt{n}$, $e^{-x^2/2}$, $x_{\\text{max}}$', 'sqrt(n), e^(-x^2/2), x_max'],
    ['$a \\leq b \\times c$', 'a ≤ b × c'],
    ['10 $\\mu$m, $k$NN, $90^\\circ$', '10 mu m, kNN, 90°'],
    ['$\\hat{x}_{i,j}$ $\\left(\\mathbf{y}\\right)$', 'x_i,j (y)'],
    ['$\\begin{pmatrix} a & b \\\\ c \\end{pmatrix}$', 'a b c'],
    ['$\\quokka{x}$', 'quokka x'],
    ['$$a$$ \\(b\\) \\[c\\]', 'a b c'],
    ['${x$ and $}y$', 'x and y'],
  ])('reads %j as %j', (text, readable) => {
    expect(readableMath(text)).toBe(readable);
  });

  it('returns a text without formulas unchanged', () => {
    expect(readableMath('costs  $5 and $10, \\alpha, \\$x\\$ ')).toBe('costs  $5 and $10, \\alpha, \\$x\\$ ');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (any) => {
        const plain = any.replace(/[$\\]/g, '');
        expect(readableMath(plain)).toBe(plain);
      }),
    );
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(texLike, (text) => {
        expect(readableMath(`$${text}$`).length).toBeLessThanOrEqual(4 * text.length + 2);
      }),
    );
  });

  it.each([
    '$',
    '$$',
    '$x',
    '$x ',
    '$x$',
    '\\(',
    '\\[ ',
    '\\',
    '{',
    '\n',
    '$\\frac',
    '${',
    '$\\alpha$',
    '$$ $ ',
  ])('takes 200,000 times %j', (piece) => {
    const text = piece.repeat(200_000);
    expect(mathSegments(text).reduce((length, { source }) => length + source.length, 0)).toBe(text.length);
    expect(readableMath(text).length).toBeLessThanOrEqual(2 * text.length);
  });
});
