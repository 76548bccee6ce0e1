import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCorpusIndex } from './corpus-index';

const entry = { id: 'a', name: 'A', file: 'a.txt', sha256: '0'.repeat(64), count: 3 };

describe('readCorpusIndex', () => {
  it('reads the index that ships', () => {
    const text = readFileSync(join(import.meta.dirname, '../../../public/corpus/index.json'), 'utf8');
    const { digests, problems } = readCorpusIndex(text);
    expect(problems).toEqual([]);
    expect(digests).toMatchObject([{ id: 'trending-papers', name: 'Trending papers', count: 199 }]);
    expect(digests[0]).not.toHaveProperty('date');
  });

  it('keeps the valid entries beside invalid ones, and reports the faults', () => {
    const bad = [
      { ...entry, id: '' },
      { ...entry, id: 'b', file: '../secret' },
      { ...entry, id: 'b', sha256: 'x' },
      { ...entry, id: 'b', count: -1 },
      { ...entry, id: 'b', date: 'soon' },
      { ...entry, id: 'b', name: null },
      null,
      entry,
    ];
    const { digests, problems } = readCorpusIndex(JSON.stringify({ digests: [entry, ...bad] }));
    expect(digests).toEqual([entry]);
    expect(problems).toHaveLength(bad.length);
    expect(problems[1]).toEqual({
      where: 'index.json, digest 3',
      why: 'Expected "file" to be a plain file name.',
    });
  });

  it.each(['', '<!doctype html><p>404', '[]', 'null', '{"digests": 1}'])(
    'reports that %j is not an index',
    (text) => {
      const { digests, problems } = readCorpusIndex(text);
      expect(digests).toEqual([]);
      expect(problems).toHaveLength(1);
    },
  );
});
