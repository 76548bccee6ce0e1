import { readableMath } from '../../core/paper/text/math-text';
import type { Paper } from '../../core/paper/paper';
import type { TextRange } from '../../core/paper/text/source-ranges';
import { sentences } from '../../core/explain/sentences';
import { VectorTable } from '../../core/search/ranking/vector-table';
import type { Engine } from '../../engine/engine';
import type { Precision } from '../../engine/protocol';
import { dimensions } from '../../engine/vector-dimensions';
import type { Store } from '../../storage/store';
import type { QueryVectors } from '../search/query-vectors';
import { sentenceVectors } from './sentence-vectors';

interface Deps {
  engine: Pick<Engine, 'embedQuery' | 'embedTexts'>;
  store: Promise<Pick<Store, 'loadVectors' | 'appendVectors'>>;
  vectors: QueryVectors;
  /** How the library's vectors are made, and their key; null while there are none. */
  atlas: { precision: Precision | null; vectorKey: string | null };
}

/** Which sentence of an abstract comes nearest to what is sought. Found when it is asked for. */
export class Passages {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /**
   * By characters of the abstract, without the space behind the sentence. Null when there is nothing to compare: no
   * abstract, one sentence only, or no vectors. Rejects with what the engine fails with.
   */
  async nearest({ abstract }: Paper, sought: string): Promise<TextRange | null> {
    const { engine, store, vectors, atlas } = this.#deps;
    const { precision, vectorKey } = atlas;
    const ranges = sentences(abstract);
    if (precision === null || vectorKey === null || ranges.length < 2) return null;
    // not by the search's own queue, in which a newer text takes the place of an older one
    const query = vectors.kept(sought, precision) ?? (await engine.embedQuery(sought, precision));
    const texts = ranges.map(({ start, end }) => readableMath(abstract.slice(start, end).trim()));
    const tools = { engine, store: await store, precision, vectorKey };
    const table = new VectorTable(dimensions);
    table.set(
      ranges.map((_, at) => at),
      await sentenceVectors(texts, tools),
    );
    const cosines = table.cosines(query, ranges.length);
    const best = cosines.indexOf(Math.max(...cosines.filter((cosine) => !Number.isNaN(cosine))));
    const range = ranges[best];
    if (range === undefined) return null;
    return { start: range.start, end: range.start + abstract.slice(range.start, range.end).trimEnd().length };
  }
}
