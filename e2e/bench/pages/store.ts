import { graphKey, layoutKey } from '../../../src/core/layout/derived-keys';
import { defaultParameters } from '../../../src/core/layout/umap';
import type { CorpusEntry } from '../../../src/core/import/corpus-index';
import { composePaper } from '../../../src/core/paper/catalogue/compose';
import type { Digest, IdentifiedPaper } from '../../../src/core/paper/paper';
import { vectorKeyFor } from '../../../src/engine/assets/built-assets';
import { dimensions } from '../../../src/engine/vector-dimensions';
import { openStore } from '../../../src/storage/open';
import { unpackFloats, unpackIntegers } from '../packed';

const opening = openStore();
const vectorKey = vectorKeyFor('int8');
const papers: IdentifiedPaper[] = [];

/** What the app keeps in this origin, through the app's own storage. */
const store = {
  /** `packed` is rows × 384 in the order of the hashes. The app will find them as if it had computed them. */
  async putVectors(textHashes: string[], packed: string): Promise<void> {
    const kept = await opening;
    await kept.appendVectors(vectorKey, textHashes, unpackFloats(packed));
    await kept.compactVectors(vectorKey, dimensions);
  },

  /** How many papers the library has, and how many of them the newest finished map. */
  async charted(): Promise<{ papers: number; placed: number }> {
    const kept = await opening;
    const layout = await kept.loadNewestLayout('neural');
    if (layout === null) return { papers: 0, placed: 0 };
    const { papers } = await kept.loadLibrary();
    return { papers: papers.length, placed: layout.textHashes.length };
  },

  /** Papers for `putAtlas`, in parts: all of a large library at once is more than a message to a page may hold. */
  takePapers(part: IdentifiedPaper[]): void {
    papers.push(...part);
  },

  /** A library as it stands after its map was finished. Its papers have been taken before, each of another identity. */
  async putAtlas(entry: CorpusEntry, packed: PackedAtlas): Promise<void> {
    const kept = await opening;
    const digest: Digest = { ...entry, format: 'atlas-json', addedAt: 0 };
    const identities = new Set(papers.map(({ id }) => id));
    if (identities.size !== papers.length) {
      throw new Error(`expected ${papers.length} identities, got ${identities.size}`);
    }
    const composed = papers.map((paper) => composePaper(paper.id, [{ ...paper, digestId: digest.id }]));
    const { revision } = await kept.loadLibrary();
    await kept.commit({ digests: [digest], papers: composed }, revision);

    const textHashes = papers.map(({ textHash }) => textHash);
    const parameters = defaultParameters(papers.length);
    const { k } = parameters;
    const source = graphKey(vectorKey, k, textHashes);
    const indices = unpackIntegers(packed.indices);
    const graph = { n: papers.length, k, indices, similarities: unpackFloats(packed.similarities) };
    await kept.putGraph({ key: source, textHashes, graph });
    const key = layoutKey(source, parameters, textHashes);
    await kept.putLayout({ key, kind: 'neural', textHashes, positions: unpackFloats(packed.positions) });
  },
};

/** As pages/ours.ts gives them. */
interface PackedAtlas {
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
