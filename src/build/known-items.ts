import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { trendingPage } from '../core/import/formats/list/trending-page';
import { composePaper } from '../core/paper/catalogue/compose';
import { embeddedText, identify } from '../core/paper/identity';
import { readableMath } from '../core/paper/text/math-text';
import { bestFirst } from '../core/search/ranking/best-first';
import { parseQuery } from '../core/search/query/query';
import { mayGoOn } from '../core/search/query/query-words';
import { rankedText } from '../core/search/query/query-filters';
import { Ranker } from '../core/search/ranking/ranker';
import { searchableText } from '../core/search/index/searchable-text';
import { sentences as sentencesOf } from '../core/explain/sentences';
import { VectorTable } from '../core/search/ranking/vector-table';
import { exactNeighbours } from '../core/vector/exact-neighbours';
import { dimensions, vectorsOfTexts } from './corpus-vectors';
import { root } from './model/node-embedder';

export type Part = 'lexical' | 'semantic' | 'hybrid';

/** Of every shipped paper the rank, from 0, at which it was found; Infinity where it was not. */
export type Ranks = Record<Part, number[]>;

const neighbours = 15;

/**
 * Known-item search on the shipped digest: each abstract's middle sentence is taken out of its paper, and sought. The
 * model runs in Node; its vectors are kept.
 */
export async function seekKnownItems(): Promise<Ranks> {
  const corpus = await readFile(join(root, 'public/corpus/trending-papers.txt'), 'utf8');
  const items = trendingPage.parse(corpus).papers.map((paper) => {
    const sentences = sentencesOf(paper.abstract).map(({ start, end }) => paper.abstract.slice(start, end));
    const middle = Math.floor(sentences.length / 2);
    const abstract = sentences.filter((_, at) => at !== middle).join('');
    return { paper: { ...paper, abstract }, sought: (sentences[middle] ?? '').trim() };
  });
  const papers = items.map(({ paper }) => {
    const identified = identify(paper);
    return composePaper(identified.id, [{ ...identified, digestId: 'known-items' }]);
  });
  const sought = items.map((item) => item.sought);
  const texts = [...papers.map(embeddedText), ...sought.map((text) => rankedText(parseQuery(text)))];
  const vectors = await vectorsOfTexts(texts);
  const ofPapers = vectors.subarray(0, papers.length * dimensions);
  const ofQueries = vectors.subarray(papers.length * dimensions);

  const slots = papers.map((_, slot) => slot);
  const ranker = new Ranker(dimensions);
  ranker.add(
    papers.map((paper, slot) => {
      const text = searchableText(paper, slot);
      return { ...text, title: readableMath(text.title), abstract: readableMath(text.abstract) };
    }),
  );
  ranker.setVectors(slots, ofPapers);
  const graph = exactNeighbours(ofPapers, dimensions, neighbours);
  if (graph === null) throw new Error('expected neighbours');
  ranker.setNeighbours(graph, slots);
  const table = new VectorTable(dimensions);
  table.set(slots, ofPapers);

  const ranks: Ranks = { lexical: [], semantic: [], hybrid: [] };
  for (const [slot, text] of sought.entries()) {
    const own = ofQueries.subarray(slot * dimensions, (slot + 1) * dimensions);
    const ranked = (vector: Float32Array | null) =>
      ranker.search({
        query: parseQuery(text),
        isTyping: mayGoOn(text),
        vector,
        resolved: [],
        examples: [],
        only: null,
      }).slots;
    const cosines = table.cosines(own, papers.length).map((cosine) => (cosine + 1) / 2);
    ranks.lexical.push(rankOf(slot, ranked(null)));
    ranks.semantic.push(
      rankOf(
        slot,
        bestFirst(cosines, () => true),
      ),
    );
    ranks.hybrid.push(rankOf(slot, ranked(own)));
  }
  return ranks;
}

/** Share of the papers that are among the first `depth` found. */
export function rateOf(ranks: readonly number[], depth: number): number {
  return ranks.filter((rank) => rank < depth).length / ranks.length;
}

function rankOf(slot: number, found: Int32Array): number {
  const rank = found.indexOf(slot);
  return rank < 0 ? Infinity : rank;
}
