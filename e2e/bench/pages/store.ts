import { graphKey, layoutKey } from '../../../src/core/layout/derived-keys';
import { defaultParameters } from '../../../src/core/layout/umap';
import type { CorpusEntry } from '../../../src/core/import/corpus-index';
import { composePaper } from '../../../src/core/paper/catalogue/compose';
import type { Digest, IdentifiedPaper } from '../../../src/core/paper/paper';
import { vectorKeyFor } from '../../../src/engine/assets/built-assets';
import { dimensions } from '../../../src/engine/model-constants';
import { openStore } from '../../../src/storage/open';
import { unpackFloats, unpackIntegers } from '../packed';

const storage = openStore();
const vectorKey = vectorKeyFor('int8');
const papers: IdentifiedPaper[] = [];

/** The app's data in this origin, through the app's own storage. */
const store = {
  /** `packed` is rows × 384 in the order of the hashes. The app uses them as if it had computed them. */
  async putVectors(textHashes: string[], packed: string): Promise<void> {
    await storage.vectors.append(vectorKey, textHashes, unpackFloats(packed));
    await storage.vectors.compact(vectorKey, dimensions);
  },

  /** The number of papers in the library, and of those on the newest finished map. */
  async mapProgress(): Promise<{ papers: number; placed: number }> {
    const layout = await storage.layouts.loadNewestLayout('neural');
    if (layout === null) return { papers: 0, placed: 0 };
    const { papers } = await storage.library.load();
    return { papers: papers.length, placed: layout.textHashes.length };
  },

  /** Papers for `putFinishedMap`, in parts: a message to a page cannot hold all of a large library. */
  addPapers(part: IdentifiedPaper[]): void {
    papers.push(...part);
  },

  /** Stores a library with a finished map of the papers added before, whose identities must differ. */
  async putFinishedMap(entry: CorpusEntry, packed: PackedMap): Promise<void> {
    const digest: Digest = { ...entry, format: 'atlas-json', addedAt: 0 };
    const identities = new Set(papers.map(({ id }) => id));
    if (identities.size !== papers.length) {
      throw new Error(`expected ${papers.length} different identities, got ${identities.size}`);
    }
    const composed = papers.map((paper) => composePaper(paper.id, [{ ...paper, digestId: digest.id }]));
    const { revision } = await storage.library.load();
    await storage.library.commit({ digests: [digest], papers: composed }, revision);

    const textHashes = papers.map(({ textHash }) => textHash);
    const parameters = defaultParameters(papers.length);
    const { k } = parameters;
    const source = graphKey(vectorKey, k, textHashes);
    const indices = unpackIntegers(packed.indices);
    const graph = { n: papers.length, k, indices, similarities: unpackFloats(packed.similarities) };
    await storage.layouts.saveGraph({ key: source, textHashes, graph });
    const key = layoutKey(source, parameters, textHashes);
    await storage.layouts.saveLayout({
      key,
      kind: 'neural',
      textHashes,
      positions: unpackFloats(packed.positions),
    });
  },
};

/** As pages/ours.ts returns it. */
interface PackedMap {
  indices: string;
  similarities: string;
  positions: string;
}

declare global {
  interface Window {
    store: typeof store;
  }
}
window.store = store;
