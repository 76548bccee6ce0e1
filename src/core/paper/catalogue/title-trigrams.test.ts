import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TitleTrigrams } from './title-trigrams';

function trigramsOf(titles: readonly string[]): TitleTrigrams {
  const trigrams = new TitleTrigrams();
  for (const title of titles) trigrams.add(title);
  return trigrams;
}

/** The definition, implemented with sets of strings. */
function similarityByDefinition(titles: readonly string[], a: number, b: number): number {
  const runs = titles.map((title) => {
    const padded = [...` ${title} `];
    return new Set(padded.slice(2).map((_, at) => padded.slice(at, at + 3).join('')));
  });
  const weight = (run: string) => {
    const df = runs.filter((set) => set.has(run)).length;
    return (Math.log((1 + titles.length) / (1 + df)) + 1) ** 2;
  };
  const sum = (set: Iterable<string>) => [...set].reduce((total, run) => total + weight(run), 0);
  const [one, other] = [runs[a] ?? new Set<string>(), runs[b] ?? new Set<string>()];
  const common = sum([...one].filter((run) => other.has(run)));
  const [total, otherTotal] = [sum(one), sum(other)];
  if (total === 0 || otherTotal === 0) return 0;
  return (common / Math.sqrt(total * otherTotal) + common / Math.min(total, otherTotal)) / 2;
}

describe('TitleTrigrams', () => {
  it('follows the definition', () => {
    const title = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' ', 'é'), maxLength: 12 });
    fc.assert(
      fc.property(
        fc.array(title, { minLength: 2, maxLength: 6 }),
        fc.nat(5),
        fc.nat(5),
        (titles, one, other) => {
          const [a, b] = [one % titles.length, other % titles.length];
          expect(trigramsOf(titles).similarity(a, b)).toBeCloseTo(similarityByDefinition(titles, a, b), 10);
        },
      ),
    );
  });

  it('is 1 for the same title, and 0 for unrelated or missing titles', () => {
    const trigrams = trigramsOf(['quokka maps', 'quokka maps', 'tidal lichen', '']);
    expect(trigrams.similarity(0, 1)).toBeCloseTo(1, 12);
    expect(trigrams.similarity(0, 2)).toBe(0);
    expect(trigrams.similarity(0, 3)).toBe(0);
    expect(trigrams.similarity(0, 9)).toBe(0);
  });

  it('gives rare words more weight than common ones', () => {
    const common = Array.from({ length: 30 }, (_, at) => `learning ${'abcdefghij'[at % 10]}${at}`);
    const trigrams = trigramsOf(['learning quokka', 'learning lichen', 'parsing quokka', ...common]);
    expect(trigrams.similarity(0, 2)).toBeGreaterThan(trigrams.similarity(0, 1));
  });

  it('accepts no title once titles have been compared', () => {
    const trigrams = trigramsOf(['one', 'two']);
    trigrams.similarity(0, 1);
    expect(() => trigrams.add('three')).toThrow('being compared');
  });
});
