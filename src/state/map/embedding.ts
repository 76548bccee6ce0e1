import type { Paper } from '../../core/paper/paper';
import { dimensions } from '../../engine/vector-dimensions';
import { embeddedTexts } from './embedded-texts';
import { inSlices } from '../page/in-slices';
import { keep, type Course, type Tools } from './run-options';

/** n × 384, kept ones first, the rest computed and committed batch by batch; NaN where none could be had. */
export async function vectorsOf(
  papers: readonly Paper[],
  vectorKey: string,
  tools: Tools,
  course: Course,
): Promise<Float32Array> {
  const textHashes = papers.map((paper) => paper.textHash);
  let known = await tools.store.loadVectors(vectorKey, dimensions, textHashes);
  if (textHashes.some((hash) => !known.has(hash))) {
    await whileOthersWait(course.signal, async () => {
      known = await tools.store.loadVectors(vectorKey, dimensions, textHashes);
      await embedMissing(papers, vectorKey, known, tools, course);
    });
  }
  course.signal.throwIfAborted();
  const vectors = new Float32Array(papers.length * dimensions).fill(NaN);
  for (const [row, paper] of papers.entries()) {
    const vector = known.get(paper.textHash);
    if (vector) vectors.set(vector, row * dimensions);
  }
  return vectors;
}

/** One tab computes at a time; those that waited find its vectors kept. */
async function whileOthersWait(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) return work();
  await navigator.locks.request('digest-atlas-embedding', { signal }, work);
}

async function embedMissing(
  papers: readonly Paper[],
  vectorKey: string,
  known: Map<string, Float32Array>,
  tools: Tools,
  { gate, signal, cancel }: Course,
): Promise<void> {
  const missing = papers.filter((paper) => !known.has(paper.textHash));
  if (missing.length === 0) return;
  const each = [...new Map(missing.map((paper) => [paper.textHash, paper])).values()];
  const read = await inSlices(embeddedTexts(each), signal);
  const texts = each.map(({ textHash }, at) => ({ textHash, text: read[at] ?? '' }));
  const job = tools.jobs.begin(
    texts.length === 1 ? 'Reading one paper for meaning' : 'Reading papers for meaning',
    'papers',
    {
      isPaused: gate.paused,
      pause: () => gate.pause(),
      resume: () => gate.resume(),
      cancel,
    },
  );
  job.progress(0, texts.length);
  try {
    const { failed } = await tools.engine.embed(texts, {
      gate,
      signal,
      onVectors: async (textHashes, vectors) => {
        await keep(tools, () => tools.store.appendVectors(vectorKey, textHashes, vectors));
        for (const [row, hash] of textHashes.entries()) {
          known.set(hash, vectors.slice(row * dimensions, (row + 1) * dimensions));
        }
      },
      onProgress: ({ done, total, secondsLeft }) => job.progress(done, total, secondsLeft),
    });
    if (failed.length > 0) sayUnembedded(failed.length, texts.length, tools);
  } finally {
    job.end();
  }
}

function sayUnembedded(failed: number, total: number, { notices }: Tools): void {
  notices.show({
    subject: 'unembedded',
    kind: 'fact',
    text: `${failed} of ${total} papers could not be read by the model. They are in the list, not on the map.`,
    action: null,
  });
}
