import { batchByLength } from './batches';
import type { EmbedOptions, EmbedPaper } from '../engine';
import { causeOf, PoolUnopened } from '../rpc/pool';
import { isUnrelatedToWorker, withRetries } from '../rpc/retries';
import type { RuntimeHost } from './runtime-host';
import { costOf, TimeLeft } from './time-left';
import { packRows, splitRows, type TokenRows } from '../token-rows';
import { dimensions } from '../model-constants';

/** Papers that are tokenized before the first of them is embedded: enough to fill batches evenly, few enough to start soon. */
const windowSize = 512;
/**
 * A worker is opened only for as much as it embeds in the time that its opening takes: about ten abstracts of usual length.
 * So the papers of a mail do not start four workers.
 */
const costOfOpening = 12_000;
/** When this many workers were lost with the same batch, the batch is the cause. */
const workerLimit = 3;

type Runtime = Pick<RuntimeHost, 'concurrency' | 'tokenBudget' | 'tokenize' | 'embed'>;

/** A paper with its tokens. */
interface Row extends EmbedPaper {
  ids: Int32Array;
}

/** As `embed` in engine.ts. `now` in ms. */
export async function embedPapers(
  runtime: Runtime,
  papers: readonly EmbedPaper[],
  options: EmbedOptions,
  now: () => number,
): Promise<{ failed: string[] }> {
  try {
    return await embedInBatches(runtime, papers, options, now);
  } catch (error) {
    throw causeOf(error);
  }
}

async function embedInBatches(
  runtime: Runtime,
  papers: readonly EmbedPaper[],
  options: EmbedOptions,
  now: () => number,
): Promise<{ failed: string[] }> {
  const { gate, onVectors, onProgress } = options;
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  const cost = totalCost(papers);
  const workers = Math.max(1, Math.min(runtime.concurrency, Math.floor(cost / costOfOpening)));
  const timeLeft = new TimeLeft(cost, now);
  const failed: string[] = [];
  let done = 0;

  async function passGate(): Promise<void> {
    if (!gate?.isPaused) return signal.throwIfAborted();
    await gate.pass(signal);
    timeLeft.restart();
  }

  async function embedBatch(rows: readonly Row[]): Promise<void> {
    await passGate();
    const vectors = await embedOrGiveUp(runtime, packRows(rows.map(({ ids }) => ids)), signal);
    signal.throwIfAborted();
    const finite = finiteRows(vectors, rows.length);
    const hasVector = new Set(finite);
    failed.push(...rows.filter((_, row) => !hasVector.has(row)).map(({ textHash }) => textHash));
    if (finite.length > 0) {
      const hashes = rows.filter((_, row) => hasVector.has(row)).map(({ textHash }) => textHash);
      await onVectors(hashes, takeRows(vectors, finite));
    }
    done += rows.length;
    timeLeft.add(totalCost(rows));
    onProgress?.({ done, total: papers.length, secondsLeft: timeLeft.seconds });
  }

  for (let start = 0; start < papers.length; start += windowSize) {
    await passGate();
    const rows = await tokenizeAll(runtime, papers.slice(start, start + windowSize), workers, signal);
    const queue = batchByLength(rows, ({ ids }) => ids.length, runtime.tokenBudget).values();
    const embedQueue = async () => {
      try {
        for (const batch of queue) await embedBatch(batch);
      } catch (error) {
        // The first failure stops the other loops: none may save a batch once this function has returned.
        stop.abort(error);
      }
    };
    // One loop more than all workers, to keep these busy while a batch is saved; it would open a worker that is not needed.
    const loops = workers < runtime.concurrency ? workers : workers + 1;
    await Promise.all(Array.from({ length: loops }, embedQueue));
    signal.throwIfAborted();
  }
  return { failed };
}

/** Each worker tokenizes a share. */
async function tokenizeAll(
  runtime: Runtime,
  papers: readonly EmbedPaper[],
  workers: number,
  signal: AbortSignal,
): Promise<Row[]> {
  const share = Math.ceil(papers.length / workers);
  const shares = Array.from({ length: Math.ceil(papers.length / share) }, (_, index) =>
    papers.slice(index * share, (index + 1) * share),
  );
  const tokenized = await Promise.all(
    shares.map((part) =>
      onFreshWorkers(
        () =>
          runtime.tokenize(
            part.map(({ text }) => text),
            signal,
          ),
        signal,
      ),
    ),
  );
  const ids = tokenized.flatMap((tokens) => splitRows(tokens));
  return papers.map((paper, row) => ({ ...paper, ids: ids[row] ?? new Int32Array() }));
}

/** Rows of NaN for a batch that too many workers were lost with. */
async function embedOrGiveUp(
  runtime: Runtime,
  tokens: TokenRows,
  signal: AbortSignal,
): Promise<Float32Array> {
  const expected = tokens.lengths.length * dimensions;
  try {
    const vectors = await onFreshWorkers(() => runtime.embed(tokens, signal), signal);
    if (vectors.length === expected) return vectors;
  } catch (error) {
    if (signal.aborted || isFinal(error)) throw error;
  }
  return new Float32Array(expected).fill(NaN);
}

function onFreshWorkers<T>(attempt: () => Promise<T>, signal: AbortSignal): Promise<T> {
  return withRetries(attempt, { attempts: workerLimit, signal, isFinal });
}

function isFinal(error: unknown): boolean {
  return error instanceof PoolUnopened || isUnrelatedToWorker(error);
}

function finiteRows(vectors: Float32Array, n: number): number[] {
  const isFinite = (row: number) =>
    vectors.subarray(row * dimensions, (row + 1) * dimensions).every((value) => Number.isFinite(value));
  return Array.from({ length: n }, (_, row) => row).filter(isFinite);
}

function takeRows(vectors: Float32Array, rows: readonly number[]): Float32Array {
  if (rows.length * dimensions === vectors.length) return vectors;
  const taken = new Float32Array(rows.length * dimensions);
  rows.forEach((row, slot) => {
    taken.set(vectors.subarray(row * dimensions, (row + 1) * dimensions), slot * dimensions);
  });
  return taken;
}

function totalCost(papers: readonly EmbedPaper[]): number {
  return papers.reduce((sum, { text }) => sum + costOf(text), 0);
}
