import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasName, outlineForeignJson, outlineJson } from './json-outline';

function namesIn(text: string): string[] {
  return [...(outlineJson(text)?.names.keys() ?? [])];
}

/** All paths of a parsed value, which the outline must find without parsing. */
function pathsOf(value: unknown, path: string[] = []): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((entry) => pathsOf(entry, path));
  return Object.entries(value).flatMap(([name, inner]) => [
    [...path, name].join('/'),
    ...pathsOf(inner, [...path, name]),
  ]);
}

describe('outlineJson', () => {
  it('finds the paths that a parser finds, down to four names', () => {
    const name = fc.constantFrom('title', 'a', 'b/c', '', 'é', '__proto__');
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom(0, -1.5e3, null, true, 'x', '"}{', '\\'),
        fc.array(tie('value'), { maxLength: 3 }),
        fc
          .array(fc.tuple(name, tie('value')), { maxLength: 3 })
          .map((entries) => Object.fromEntries(entries)),
      ),
    }));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 4 }), fc.nat(2), (list, indent) => {
        const outline = outlineJson(JSON.stringify(list, null, indent));
        expect(outline?.end).toBe('whole');
        const ofFour = [...new Set(pathsOf(list))].filter((path) => path.split('/').length <= 4);
        const found = [...(outline?.names.keys() ?? [])].filter((path) => path.split('/').length <= 4);
        expect(found.sort()).toEqual(ofFour.sort());
      }),
    );
  });

  it('keeps the first string at a path', () => {
    const { names } =
      outlineJson('[{"id": 1, "a": {"id": "x"}}, {"id": "y", "a": ["z"]}, {"id": "w"}]') ?? expect.fail();
    expect([...names]).toEqual([
      ['id', 'y'],
      ['a', ''],
      ['a/id', 'x'],
    ]);
  });

  it.each([
    ['{"title": "A"}\n{"title": "B"}\n', 'whole', ['title']],
    ['{"papers": [{"title": "A", "ab', 'cut', ['papers', 'papers/title']],
    ['{"papers": [{"title"', 'cut', ['papers', 'papers/title']],
    ['{"title": "A"} and prose', 'broken', ['title']],
    ['{"title": ?', 'broken', ['title']],
    ['{"title": 1]', 'broken', ['title']],
    ['['.repeat(65), 'deep', []],
  ])('reports how %j ends', (text, end, names) => {
    expect(outlineJson(text)?.end).toBe(end);
    expect(namesIn(text)).toEqual(names);
  });

  it.each(['', 'title', '"title"', '<a href="[">', '{quokka}', '[Quokka](x)', '@article{q,'])(
    'gives null for %j',
    (text) => {
      expect(outlineJson(text)).toBeNull();
    },
  );

  it('describes any text with a limited number of names', () => {
    const words = Object.fromEntries(Array.from({ length: 30_000 }, (_, index) => [`word${index}`, [index]]));
    const text = JSON.stringify([{ abstract_inverted_index: words, title: 'A' }]).slice(0, 200_000);
    expect(outlineJson(text)?.names.size).toBe(2_000);
    for (const run of ['{"a":', '[{"b":[', '"', '{}', '[]\n', '{"', ',', '\\"', '[0,', '{"a":1,']) {
      expect(outlineJson(`[${run.repeat(200_000 / run.length)}`)?.end).not.toBe('whole');
    }
  });
});

describe('hasName', () => {
  it('checks the root and the lists of JSON that is not our own', () => {
    const outline = outlineForeignJson('{"results": [{"doi": "x"}]}') ?? expect.fail();
    expect(hasName(outline, ['', 'results/'], ['title', 'doi'])).toBe(true);
    expect(hasName(outline, ['', 'data/'], ['doi'])).toBe(false);
    expect(outlineForeignJson('{"papers": [], "format": "digest-atlas"}')).toBeNull();
  });
});
