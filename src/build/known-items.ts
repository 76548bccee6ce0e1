import { runToEnd } from '../core/async/slices';
import { composePaper } from '../core/paper/catalogue/compose';
import { embeddedText, identify } from '../core/paper/identity';
import { readableMath } from '../core/paper/text/math-text';
import { bestFirst } from '../core/search/ranking/best-first';
import { parseQuery } from '../core/search/query/query';
import { endsInWord } from '../core/search/query/query-words';
import { rankedText } from '../core/search/query/query-filters';
import { Ranker } from '../core/search/ranking/ranker';
import { searchableText } from '../core/search/index/searchable-text';
import { sentences as sentencesOf } from '../core/explain/sentences';
import { VectorTable } from '../core/search/ranking/vector-table';
import { exactNeighbours } from '../core/vector/exact-neighbours';
import { dimensions } from '../engine/model-constants';
import { shippedPapers, vectorsOfTexts } from './corpus-vectors';

export type KnownItemSystem = 'lexical' | 'semantic' | 'hybrid';

/** For every shipped paper its rank among the results, from 0; Infinity when it was not found. */
export type Ranks = Record<KnownItemSystem, number[]>;

const neighbourCount = 15;

/**
 * Known-item search on the shipped digest: the middle sentence of each abstract is removed from its paper and used as
 * the query. The model runs in Node; its vectors are cached.
 */
export async function searchKnownItems(): Promise<Ranks> {
  const items = (await shippedPapers()).map((paper) => {
    const sentences = sentencesOf(paper.abstract).map(({ start, end }) => paper.abstract.slice(start, end));
    const middle = Math.floor(sentences.length / 2);
    const abstract = sentences.filter((_, at) => at !== middle).join('');
    return { paper: { ...paper, abstract }, query: (sentences[middle] ?? '').trim() };
  });
  const papers = items.map(({ paper }) => {
    const identified = identify(paper);
    return composePaper(identified.id, [{ ...identified, digestId: 'known-items' }]);
  });
  const queries = items.map(({ query }) => query);
  const texts = [...papers.map(embeddedText), ...queries.map((text) => rankedText(parseQuery(text)))];
  const vectors = await vectorsOfTexts(texts);
  const paperVectors = vectors.subarray(0, papers.length * dimensions);
  const queryVectors = vectors.subarray(papers.length * dimensions);

  const slots = papers.map((_, slot) => slot);
  const ranker = new Ranker(dimensions);
  ranker.add(
    papers.map((paper, slot) => {
      const text = searchableText(paper, slot);
      return { ...text, title: readableMath(text.title), abstract: readableMath(text.abstract) };
    }),
  );
  ranker.setVectors(slots, paperVectors);
  const graph = runToEnd(exactNeighbours(paperVectors, dimensions, neighbourCount));
  ranker.setNeighbours(graph, slots);
  const table = new VectorTable(dimensions);
  table.set(slots, paperVectors);

  const ranks: Ranks = { lexical: [], semantic: [], hybrid: [] };
  for (const [slot, text] of queries.entries()) {
    const queryVector = queryVectors.subarray(slot * dimensions, (slot + 1) * dimensions);
    const ranked = (vector: Float32Array | null) =>
      ranker.search({
        query: parseQuery(text),
        isTyping: endsInWord(text),
        vector,
        resolved: [],
        examples: [],
        only: null,
      }).slots;
    const cosines = table.cosines(queryVector, papers.length).map((cosine) => (cosine + 1) / 2);
    ranks.lexical.push(rankOf(slot, ranked(null)));
    ranks.semantic.push(
      rankOf(
        slot,
        bestFirst(cosines, () => true),
      ),
    );
    ranks.hybrid.push(rankOf(slot, ranked(queryVector)));
  }
  return ranks;
}

/** Share of the papers that are among the first `depth` results. */
export function successRate(ranks: readonly number[], depth: number): number {
  return ranks.filter((rank) => rank < depth).length / ranks.length;
}

function rankOf(slot: number, results: Int32Array): number {
  const rank = results.indexOf(slot);
  return rank < 0 ? Infinity : rank;
}
