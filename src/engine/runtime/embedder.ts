import { AppError } from '../../core/errors';
import { batchByLength } from './batches';
import type { EmbedOptions, EmbedPaper } from '../engine';
import { PoolUnopened } from '../rpc/pool';
import type { RuntimeHost } from './runtime-host';
import { costOf, TimeLeft } from './time-left';
import { packRows, splitRows, type TokenRows } from '../token-rows';
import { dimensions } from '../vector-dimensions';

/** Papers whose exact lengths are known at once: enough to fill batches evenly, few enough to start soon. */
const windowSize = 512;
/** A batch that has ended so many workers is at fault itself. */
const deathLimit = 3;

type Runtime = Pick<RuntimeHost, 'lanes' | 'tokenBudget' | 'tokenize' | 'embed'>;

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
  const { gate, onVectors, onProgress } = options;
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  const timeLeft = new TimeLeft(totalCost(papers), now);
  const failed: string[] = [];
  let done = 0;

  async function passGate(): Promise<void> {
    if (!gate?.paused) return signal.throwIfAborted();
    await gate.pass(signal);
    timeLeft.restart();
  }

  async function embedRows(rows: readonly Row[]): Promise<void> {
    await passGate();
    const vectors = await embedOrGiveUp(runtime, packRows(rows.map(({ ids }) => ids)), signal);
    signal.throwIfAborted();
    const kept = finiteRows(vectors, rows.length);
    const isKept = new Set(kept);
    failed.push(...rows.filter((_, row) => !isKept.has(row)).map(({ textHash }) => textHash));
    if (kept.length > 0) {
      const hashes = rows.filter((_, row) => isKept.has(row)).map(({ textHash }) => textHash);
      await onVectors(hashes, takeRows(vectors, kept));
    }
    done += rows.length;
    timeLeft.add(totalCost(rows));
    onProgress?.({ done, total: papers.length, secondsLeft: timeLeft.seconds });
  }

  for (let start = 0; start < papers.length; start += windowSize) {
    await passGate();
    const rows = await tokenizeAll(runtime, papers.slice(start, start + windowSize), signal);
    const queue = batchByLength(rows, ({ ids }) => ids.length, runtime.tokenBudget).values();
    const embedQueue = async () => {
      try {
        for (const batch of queue) await embedRows(batch);
      } catch (error) {
        // The first failure stops the other lanes, of which none may write once this function has answered.
        stop.abort(error);
      }
    };
    // One lane more than there are workers keeps these busy while a batch is committed.
    await Promise.all(Array.from({ length: runtime.lanes + 1 }, embedQueue));
    signal.throwIfAborted();
  }
  return { failed };
}

/** Each worker takes a share. */
async function tokenizeAll(
  runtime: Runtime,
  papers: readonly EmbedPaper[],
  signal: AbortSignal,
): Promise<Row[]> {
  const share = Math.ceil(papers.length / runtime.lanes);
  const shares = Array.from({ length: Math.ceil(papers.length / share) }, (_, lane) =>
    papers.slice(lane * share, (lane + 1) * share),
  );
  const tokenized = await Promise.all(
    shares.map((part) =>
      withRetries(
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

/** Rows of NaN for a batch that no worker survives. */
async function embedOrGiveUp(
  runtime: Runtime,
  tokens: TokenRows,
  signal: AbortSignal,
): Promise<Float32Array> {
  const expected = tokens.lengths.length * dimensions;
  try {
    const vectors = await withRetries(() => runtime.embed(tokens, signal), signal);
    if (vectors.length === expected) return vectors;
  } catch (error) {
    if (signal.aborted || !(error instanceof TriedTooOften)) throw error;
  }
  return new Float32Array(expected).fill(NaN);
}

class TriedTooOften extends Error {
  override readonly name = 'TriedTooOften';
}

/** Tries again on a fresh worker, unless there is none to be had. */
async function withRetries<T>(attempt: () => Promise<T>, signal: AbortSignal): Promise<T> {
  let failure: unknown;
  for (let deaths = 0; deaths < deathLimit; deaths++) {
    try {
      return await attempt();
    } catch (error) {
      if (signal.aborted) throw error;
      if (error instanceof PoolUnopened) throw error.cause;
      if (error instanceof AppError && error.code !== 'worker-lost') throw error;
      failure = error;
    }
  }
  throw new TriedTooOften(`given up after ${deathLimit} workers`, { cause: failure });
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
