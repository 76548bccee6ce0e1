import { embeddedText } from '../../core/paper/identity';
import type { Paper } from '../../core/paper/paper';
import { dimensions } from '../../engine/model-constants';
import { runOnPage } from '../../engine/slices';
import { saveDerived, type RunOptions, type Dependencies } from './run-options';

/** n × 384: saved ones are read, the rest is computed and committed batch by batch; NaN where the model gave none. */
export async function vectorsOf(
  papers: readonly Paper[],
  vectorKey: string,
  deps: Dependencies,
  run: RunOptions,
): Promise<Float32Array> {
  const textHashes = papers.map((paper) => paper.textHash);
  let known = await deps.store.vectors.load(vectorKey, dimensions, textHashes);
  if (textHashes.some((hash) => !known.has(hash))) {
    await whileOthersWait(run.signal, async () => {
      known = await deps.store.vectors.load(vectorKey, dimensions, textHashes);
      await embedMissing(papers, vectorKey, known, deps, run);
    });
  }
  run.signal.throwIfAborted();
  const vectors = new Float32Array(papers.length * dimensions).fill(NaN);
  for (const [row, paper] of papers.entries()) {
    const vector = known.get(paper.textHash);
    if (vector) vectors.set(vector, row * dimensions);
  }
  return vectors;
}

/** One tab computes at a time; those that waited find its vectors saved. */
async function whileOthersWait(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) return work();
  await navigator.locks.request('digest-atlas-embedding', { signal }, work);
}

async function embedMissing(
  papers: readonly Paper[],
  vectorKey: string,
  known: Map<string, Float32Array>,
  deps: Dependencies,
  { gate, signal, cancel }: RunOptions,
): Promise<void> {
  const missing = papers.filter((paper) => !known.has(paper.textHash));
  if (missing.length === 0) return;
  const each = [...new Map(missing.map((paper) => [paper.textHash, paper])).values()];
  const embedded = await runOnPage(embeddedTexts(each), signal);
  const texts = each.map(({ textHash }, at) => ({ textHash, text: embedded[at] ?? '' }));
  const job = deps.jobs.begin(
    texts.length === 1 ? 'Reading one paper for meaning' : 'Reading papers for meaning',
    'papers',
    {
      isPaused: gate.isPaused,
      pause: () => gate.pause(),
      resume: () => gate.resume(),
      cancel,
    },
  );
  job.progress(0, texts.length);
  try {
    const { failed } = await deps.engine.embed(texts, {
      gate,
      signal,
      onVectors: async (textHashes, vectors) => {
        await saveDerived(deps, () => deps.store.vectors.append(vectorKey, textHashes, vectors));
        for (const [row, hash] of textHashes.entries()) {
          known.set(hash, vectors.slice(row * dimensions, (row + 1) * dimensions));
        }
      },
      onProgress: ({ done, total, secondsLeft }) => job.progress(done, total, secondsLeft),
    });
    if (failed.length > 0) reportUnembedded(failed.length, texts.length, deps);
  } finally {
    job.end();
  }
}

function reportUnembedded(failed: number, total: number, { notices }: Dependencies): void {
  notices.show({
    subject: 'unembedded',
    kind: 'fact',
    text: `${failed} of ${total} papers could not be read by the model. They are in the list, not on the map.`,
    action: null,
  });
}

/** Formulas take some 20 µs each to be put into words. */
const papersPerSlice = 50;

/** The text of each paper that is embedded, in slices: thousands of abstracts full of formulas would hold up the page. */
export function* embeddedTexts(papers: readonly Paper[]): Generator<void, string[]> {
  const texts: string[] = [];
  for (const paper of papers) {
    texts.push(embeddedText(paper));
    if (texts.length % papersPerSlice === 0) yield;
  }
  return texts;
}
