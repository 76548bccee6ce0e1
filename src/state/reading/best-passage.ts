import { readableMath } from '../../core/paper/text/math-text';
import type { Paper } from '../../core/paper/paper';
import type { TextRange } from '../../core/paper/text/source-ranges';
import type { Engine } from '../../engine/engine';
import type { Precision } from '../../engine/protocol';
import { dimensions } from '../../engine/model-constants';
import type { StoreFacets } from '../../storage/store';
import type { QueryVectors } from '../search/query-vectors';

interface Deps {
  engine: Pick<Engine, 'embedQuery' | 'embedTexts'>;
  store: Pick<StoreFacets, 'vectors'>;
  vectors: QueryVectors;
  /** How the library's vectors are computed, and their key; null while there are none. */
  atlas: { precision: Precision | null; vectorKey: string | null };
}

/** Finds the sentence of an abstract that is nearest to a query, on demand. */
export class BestPassage {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /**
   * As a range of characters of the abstract, without the space behind the sentence. Null when there is nothing to compare: no
   * abstract, one sentence only, or no vectors. Rejects as the engine does.
   */
  async nearest({ abstract }: Paper, query: string): Promise<TextRange | null> {
    const { engine, store, vectors, atlas } = this.#deps;
    const { precision, vectorKey } = atlas;
    // apart from the first paint
    const [{ sentences }, { VectorTable }, { sentenceVectors }] = await Promise.all([
      import('../../core/explain/sentences'),
      import('../../core/search/ranking/vector-table'),
      import('./sentence-vectors'),
    ]);
    const ranges = sentences(abstract);
    if (precision === null || vectorKey === null || ranges.length < 2) return null;
    // not through QueryVectors.of, where a newer text replaces an older one
    const vector = vectors.cached(query, precision) ?? (await engine.embedQuery(query, precision));
    const texts = ranges.map(({ start, end }) => readableMath(abstract.slice(start, end).trim()));
    const table = new VectorTable(dimensions);
    table.set(
      ranges.map((_, at) => at),
      await sentenceVectors(texts, { engine, store, precision, vectorKey }),
    );
    const cosines = table.cosines(vector, ranges.length);
    const best = cosines.indexOf(Math.max(...cosines.filter((cosine) => !Number.isNaN(cosine))));
    const range = ranges[best];
    if (range === undefined) return null;
    return { start: range.start, end: range.start + abstract.slice(range.start, range.end).trimEnd().length };
  }
}
