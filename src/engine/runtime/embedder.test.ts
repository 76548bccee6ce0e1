import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../core/errors';
import { embedPapers } from './embedder';
import type { EmbedOptions, EmbedPaper } from '../engine';
import { PauseGate } from '../pause-gate';
import { PoolUnopened } from '../rpc/pool';
import { packRows, splitRows, type TokenRows } from '../token-rows';
import { dimensions } from '../model-constants';

/** The text "17" has 17 tokens, all 17, and its vector holds 17: each vector shows which text it belongs to. */
const paper = (length: number): EmbedPaper => ({ textHash: `hash ${length}`, text: String(length) });
const papersOf = (count: number) =>
  Array.from({ length: count }, (_, at) => paper(((at * 37) % 250) + 3 + 250 * Math.floor(at / 250)));

function vectorsOf(tokens: TokenRows): Float32Array {
  const vectors = new Float32Array(tokens.lengths.length * dimensions);
  splitRows(tokens).forEach((ids, row) =>
    vectors.fill(ids[0] ?? NaN, row * dimensions, (row + 1) * dimensions),
  );
  return vectors;
}

function fakeRuntime(
  embed: (tokens: TokenRows, call: number) => Float32Array | Promise<Float32Array> = vectorsOf,
) {
  let calls = 0;
  const runtime = {
    concurrency: 2,
    tokenBudget: 2048,
    tokenize: vi.fn((texts: string[]) =>
      Promise.resolve(packRows(texts.map((text) => new Array<number>(Number(text)).fill(Number(text))))),
    ),
    embed: vi.fn(async (tokens: TokenRows) => {
      // Some later calls finish earlier, so that a dependence on the order would show.
      const call = ++calls;
      await new Promise((resolve) => setTimeout(resolve, 6 - (call % 5)));
      return embed(tokens, call);
    }),
  };
  return runtime;
}

function collect() {
  const vectors = new Map<string, number>();
  const onVectors: EmbedOptions['onVectors'] = async (textHashes, rows) => {
    expect(rows).toHaveLength(textHashes.length * dimensions);
    textHashes.forEach((hash, row) => {
      expect(vectors.has(hash)).toBe(false);
      vectors.set(hash, rows[row * dimensions] ?? NaN);
    });
    await Promise.resolve();
  };
  return { vectors, onVectors };
}

const clock = () => Date.now();
const expectedVectors = (papers: EmbedPaper[]) =>
  new Map(papers.map(({ textHash, text }) => [textHash, Number(text)]));
const lost = () => new AppError('worker-lost', 'A worker was lost.');

/** Runs everything that the fake timers hold, and gives how the call ended. */
async function outcomeOf<T>(call: Promise<T>): Promise<PromiseSettledResult<T>> {
  const outcome = Promise.allSettled([call]);
  await vi.runAllTimersAsync();
  return (await outcome)[0];
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('embedding papers', () => {
  it('gives each paper its own vector, over several windows and with answers in any order', async () => {
    const papers = papersOf(700);
    const { vectors, onVectors } = collect();
    const done: number[] = [];
    const onProgress: EmbedOptions['onProgress'] = (progress) => {
      done.push(progress.done);
      expect(progress.total).toBe(700);
      expect(progress.secondsLeft).toBeGreaterThanOrEqual(0);
    };
    const outcome = await outcomeOf(embedPapers(fakeRuntime(), papers, { onVectors, onProgress }, clock));
    expect(outcome).toEqual({ status: 'fulfilled', value: { failed: [] } });
    expect(vectors).toEqual(expectedVectors(papers));
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(done.at(-1)).toBe(700);
  });

  it('does nothing for no papers', async () => {
    const runtime = fakeRuntime();
    expect(await embedPapers(runtime, [], { ...collect() }, clock)).toEqual({ failed: [] });
    expect(runtime.tokenize).not.toHaveBeenCalled();
  });

  it('tries a batch again whose worker was lost', async () => {
    const papers = papersOf(60);
    const { vectors, onVectors } = collect();
    const runtime = fakeRuntime((tokens, call) => {
      if (call === 1 || call === 3) throw lost();
      return vectorsOf(tokens);
    });
    const outcome = await outcomeOf(embedPapers(runtime, papers, { onVectors }, clock));
    expect(outcome).toEqual({ status: 'fulfilled', value: { failed: [] } });
    expect(vectors).toEqual(expectedVectors(papers));
  });

  it('gives up on a batch that has ended three workers, and only on that one', async () => {
    const papers = papersOf(60);
    const { vectors, onVectors } = collect();
    const poison = Math.max(...papers.map(({ text }) => Number(text)));
    let tries = 0;
    const runtime = fakeRuntime((tokens) => {
      if (!tokens.ids.includes(poison)) return vectorsOf(tokens);
      tries += 1;
      throw lost();
    });
    const outcome = await outcomeOf(embedPapers(runtime, papers, { onVectors }, clock));
    const failed = outcome.status === 'fulfilled' ? outcome.value.failed : [];
    expect(tries).toBe(3);
    expect(failed).toContain(`hash ${poison}`);
    expect(failed.length).toBeLessThan(20);
    expect(vectors.size + failed.length).toBe(60);
    for (const hash of failed) expect(vectors.has(hash)).toBe(false);
  });

  it('reports a paper whose vector is not finite, and saves the others of its batch', async () => {
    const papers = papersOf(30);
    const [bad] = papers;
    const { vectors, onVectors } = collect();
    const runtime = fakeRuntime((tokens) => {
      const vectors = vectorsOf(tokens);
      const row = splitRows(tokens).findIndex((ids) => String(ids[0]) === bad?.text);
      if (row >= 0) vectors[row * dimensions + 5] = NaN;
      return vectors;
    });
    const outcome = await outcomeOf(embedPapers(runtime, papers, { onVectors }, clock));
    expect(outcome).toEqual({ status: 'fulfilled', value: { failed: [bad?.textHash] } });
    expect(vectors).toEqual(expectedVectors(papers.slice(1)));
  });

  it('treats an output of the wrong length as no vector', async () => {
    const { vectors, onVectors } = collect();
    const runtime = fakeRuntime(() => new Float32Array(5));
    const outcome = await outcomeOf(embedPapers(runtime, papersOf(5), { onVectors }, clock));
    expect(outcome).toMatchObject({ status: 'fulfilled', value: { failed: { length: 5 } } });
    expect(vectors.size).toBe(0);
  });

  it.each([
    [
      'no worker can be opened',
      new PoolUnopened('', { cause: new AppError('asset-missing', 'no file') }),
      'no file',
    ],
    ['the backend is refused', new AppError('backend-refused', 'wrong numbers'), 'wrong numbers'],
  ])('stops when %s', async (_, failure, message) => {
    const runtime = fakeRuntime(() => {
      throw failure;
    });
    const outcome = await outcomeOf(embedPapers(runtime, papersOf(100), { ...collect() }, clock));
    expect(outcome).toMatchObject({ status: 'rejected', reason: { message } });
    expect(runtime.embed.mock.calls.length).toBeLessThanOrEqual(3);
  });

  it('stops when saving fails, with that error, and saves nothing afterwards', async () => {
    let saves = 0;
    const onVectors = async () => {
      saves += 1;
      await Promise.resolve();
      throw new AppError('storage-full', 'no room');
    };
    let savesAtEnd = -1;
    const call = embedPapers(fakeRuntime(), papersOf(300), { onVectors }, clock);
    const outcome = outcomeOf(call.finally(() => (savesAtEnd = saves)));
    expect(await outcome).toMatchObject({ status: 'rejected', reason: { message: 'no room' } });
    expect(saves).toBe(savesAtEnd);
  });

  it('stops when cancelled, and saves nothing afterwards', async () => {
    const controller = new AbortController();
    let saves = 0;
    const onVectors = async () => {
      saves += 1;
      if (saves === 2) controller.abort(new Error('cancelled by the reader'));
      await Promise.resolve();
    };
    const call = embedPapers(fakeRuntime(), papersOf(300), { onVectors, signal: controller.signal }, clock);
    let savesAtEnd = -1;
    const outcome = outcomeOf(call.finally(() => (savesAtEnd = saves)));
    expect(await outcome).toMatchObject({
      status: 'rejected',
      reason: { message: 'cancelled by the reader' },
    });
    expect(savesAtEnd).toBeLessThan(10);
    expect(saves).toBe(savesAtEnd);
  });

  it('starts no batch while paused, and goes on afterwards', async () => {
    const gate = new PauseGate();
    const runtime = fakeRuntime();
    const papers = papersOf(200);
    const { vectors, onVectors } = collect();
    const pausing: EmbedOptions['onVectors'] = async (hashes, rows) => {
      if (vectors.size === 0) gate.pause();
      await onVectors(hashes, rows);
    };
    const call = embedPapers(runtime, papers, { onVectors: pausing, gate }, clock);
    await vi.runAllTimersAsync();
    expect(gate.isPaused).toBe(true);
    // One loop more than there are workers had begun a batch when the first one was saved.
    expect(runtime.embed.mock.calls.length).toBeLessThanOrEqual(runtime.concurrency + 1);
    expect(vectors.size).toBeLessThan(200);
    gate.resume();
    await outcomeOf(call);
    expect(vectors).toEqual(expectedVectors(papers));
  });

  it.each([
    { count: 5, peak: 1, why: 'one worker when opening another takes longer than the work' },
    { count: 700, peak: 3, why: 'all workers for many papers, and one batch more while another is saved' },
  ])('uses $why', async ({ count, peak }) => {
    const runtime = fakeRuntime();
    const { embed } = runtime;
    let [running, most] = [0, 0];
    const counted = async (tokens: TokenRows) => {
      most = Math.max(most, ++running);
      const vectors = await embed(tokens);
      running--;
      return vectors;
    };
    const { vectors, onVectors } = collect();
    await outcomeOf(
      embedPapers({ ...runtime, tokenBudget: 32, embed: counted }, papersOf(count), { onVectors }, clock),
    );
    expect(vectors.size).toBe(count);
    expect(most).toBe(peak);
    expect(runtime.tokenize.mock.calls[0]?.[0]).toHaveLength(count === 5 ? 5 : 256);
  });
});
