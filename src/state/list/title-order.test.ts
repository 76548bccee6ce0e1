import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Paper } from '../../core/paper/paper';
import { TitleOrder } from './title-order.svelte';

const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });
const paper = (id: string, title: string): Paper => ({
  id,
  title,
  abstract: '',
  authors: [],
  ids: {},
  sightings: [],
  textHash: title,
});
const library = fc.uniqueArray(
  fc.tuple(fc.nat({ max: 2_000 }), fc.constantFrom('a', 'B', 'é', 'Paper 9', 'paper 10', 'Z')),
  { selector: ([id]) => id, maxLength: 900, size: 'max' },
);
const papersOf = (entries: [number, string][]) => entries.map(([id, title]) => paper(`p${id}`, title));
const sorted = (papers: readonly Paper[]) =>
  papers.toSorted((a, b) => collator.compare(a.title, b.title) || (a.id < b.id ? -1 : 1)).map(({ id }) => id);

it('orders a library as sorting it whole would, whatever was there before', async () => {
  await fc.assert(
    fc.asyncProperty(library, library, async (before, after) => {
      const order = new TitleOrder();
      expect(order.ids).toBeNull();
      for (const papers of [papersOf(before), papersOf(after)]) {
        await order.follow(papers);
        expect(order.ids).toEqual(sorted(papers));
      }
    }),
    { numRuns: 30 },
  );
});

it('orders the library that it was given last', async () => {
  const order = new TitleOrder();
  const [many, few] = [papersOf(Array.from({ length: 3_000 }, (_, id) => [id, `${id}`])), [paper('x', 'X')]];
  await Promise.all([order.follow(many), order.follow(few)]);
  expect(order.ids).toEqual(['x']);
});
