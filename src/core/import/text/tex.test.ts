import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mathSegments } from '../../paper/text/math-text';
import { Cursor } from './cursor';
import { decodeAccents, texToText, withoutCommands } from './tex';

describe('decodeAccents', () => {
  it.each([
    [String.raw`Zo\"e M\'arquez`, 'Zoë Márquez'],
    [String.raw`M{\'a}rquez, Zo{\"{e}}, M\'{a}`, 'Márquez, Zoë, Má'],
    [String.raw`{\l}\L{}od\'z {\o} \O{}rsted {\aa} \AA ngstr\"om`, 'łŁodź ø Ørsted å Ångström'],
    [String.raw`Gau{\ss} {\ae} {\OE} \i`, 'Gauß æ Œ ı'],
    [String.raw`\v{c} \v s \c{c} \c C \k{a} \H{o} \r{u} \u{g} \d{h} \b{d}`, 'č š ç Ç ą ő ů ğ ḥ ḏ'],
    [String.raw`\'{\i} \"\i{} \^\j`, 'í ï{} ĵ'],
    ['\\~n \\=a \\.z \\^{o} \\`e', 'ñ ā ż ô è'],
    [String.raw`Nguy\~{\^e}n \t{oo} \'{\o}`, 'Nguyễn o͡o ǿ'],
    ['already é and Zoe\u0308', 'already é and Zoe\u0308'],
  ])('reads %s', (tex, text) => {
    expect(decodeAccents(tex)).toBe(text);
  });

  it.each([
    String.raw`$\"o$ \(\'a\)`,
    String.raw`\cite{x} \begin \%`,
    String.raw`\u00e9 \'1 \"`,
    '{plain} {braces}',
    '\\',
  ])('does not change %s', (tex) => {
    expect(decodeAccents(tex)).toBe(tex);
  });
});

describe('texToText', () => {
  it.each([
    [
      String.raw`We gain 3\% on \emph{hard} sets \& more\_or \#1, \$5.`,
      'We gain 3% on hard sets & more_or #1, $5.',
    ],
    ["pages 1--9---done, ``quoted'' text, it's", "pages 1–9—done, “quoted” text, it's"],
    [String.raw`{{Quokka-Net}: {S}coring {\it maps}}`, 'Quokka-Net: Scoring maps'],
    [String.raw`\textbf{the $k_{i}$-means} \textsc{x} \texttt{y}~z`, 'the $k_{i}$-means x y z'],
    [
      String.raw`\url{https://example.org/a_b~c%20d} \href{https://example.org}{here}`,
      'https://example.org/a_b~c%20d here',
    ],
    [String.raw`\unknown[opt]{kept} \LaTeX{} and \TeX\ too`, 'kept LaTeX and TeX too'],
    [String.raw`\alpha-helix, $\alpha$, 5\,000 \pm 3, 20\textdegree C`, 'α-helix, $\\alpha$, 5 000 ±3, 20°C'],
    [String.raw`$a\%b~{c}$ $$x -- y$$ \(z\'a\) \[{w}\]`, String.raw`$a\%b~{c}$ $$x -- y$$ \(z\'a\) \[{w}\]`],
    [String.raw`re\-search\/ \{set\} a\\b \~{}x`, 'research {set} a b ~x'],
    ['plain text, 3% & more_or #1', 'plain text, 3% & more_or #1'],
    ['{never closed', 'never closed'],
  ])('reads %s', (tex, text) => {
    expect(texToText(tex)).toBe(text);
  });

  it('keeps formulas byte for byte', () => {
    const parts = fc.constantFrom(
      '$',
      '$$',
      '\\(',
      '\\)',
      '\\[',
      '\\]',
      '{',
      '}',
      "\\'",
      'a',
      ' ',
      '\\alpha',
      '%',
      '1',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 40 }), (pieces) => {
        const tex = pieces.join('');
        const formulas = mathSegments(tex).filter(({ kind }) => kind === 'math');
        let from = 0;
        for (const { source } of formulas) {
          const found = texToText(tex).indexOf(source, from);
          expect(found).not.toBe(-1);
          from = found + source.length;
        }
      }),
    );
  });

  it('does not throw for any text', () => {
    const parts = fc.oneof(
      fc.constantFrom('\\', '{', '}', "\\'", '\\v', '\\url{', '~', '--', '[', '$'),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(parts), (pieces) => {
        const tex = pieces.join('');
        decodeAccents(tex);
        texToText(tex);
      }),
    );
  });

  it.each(['$', '{', '}', '\\', '\\url', '\\url{', "\\'", '{\\v ', '~', '-', '`', '\\a[', '\\a [ ', '\\ss'])(
    'examines at most twice as much for twice as many %j',
    (piece) => {
      const visited = [1_000, 2_000, 4_000].map((times) => {
        const cursor = new Cursor(piece.repeat(times));
        withoutCommands(cursor);
        return cursor.visited;
      });
      const [once = 0, twice = 0, fourTimes = 0] = visited;
      expect(twice).toBeLessThanOrEqual(2 * once + 4);
      expect(fourTimes).toBeLessThanOrEqual(2 * twice + 4);
    },
  );

  it.each(['$', '{', '\\', "{\\'", '\\v{', '$$', '\\(', '\\[ ', '$x ', 'a\u0301'])(
    'takes 200,000 times %j',
    (piece) => {
      const tex = piece.repeat(200_000);
      expect(texToText(tex).length).toBeLessThanOrEqual(tex.length);
    },
  );
});
