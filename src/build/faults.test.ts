import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** How many faults each area has. */
const areas = { A: 25, B: 24, C: 25, D: 25, E: 12, F: 20, G: 10, H: 21 };

const rows = readFileSync('e2e/faults.md', 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, id, , held] = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    return id !== undefined && /^[A-H]\d+$/.test(id) ? [{ id, held: held ?? '' }] : [];
  });
const named = rows.flatMap(({ id, held }) =>
  [...held.matchAll(/`([\w/-]+)`: “(.*?)”(?=<br>|$)/g)].map(([, file = '', title = '']) => ({
    id,
    file,
    title,
  })),
);

function sourceOf(file: string): string | null {
  const path = file.startsWith('e2e/') ? `${file}.spec.ts` : `src/${file}.test.ts`;
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

describe('the list of faults', () => {
  it('has each fault once', () => {
    const expected = Object.entries(areas).flatMap(([area, count]) =>
      Array.from({ length: count }, (_, at) => `${area}${at + 1}`),
    );
    expect(rows.map(({ id }) => id)).toEqual(expected);
  });

  it('has a test or a reason for each', () => {
    const without = rows.filter(({ id, held }) => held.length < 20 && !named.some((test) => test.id === id));
    expect(without).toEqual([]);
  });

  it('names tests in a form that can be read', () => {
    const quoted = rows.flatMap(({ held }) => held.match(/`: “/g) ?? []);
    expect(named).toHaveLength(quoted.length);
  });

  it.each(named)('names a test that exists: $id', ({ file, title }) => {
    const source = sourceOf(file)?.replaceAll("\\'", "'");
    const text = title.replaceAll('\\|', '|');
    // as a whole string, and not in a comment or as a part of another title
    const isThere = ["'", '`', '"'].some((quote) => source?.includes(quote + text + quote));
    expect(isThere, `“${text}” in ${file}`).toBe(true);
  });
});
