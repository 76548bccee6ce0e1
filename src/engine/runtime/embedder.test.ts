import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../core/errors';
import { embedPapers } from './embedder';
import type { EmbedOptions, EmbedPaper } from '../engine';
import { PauseGate } from '../pause-gate';
import { PoolUnopened } from '../rpc/pool';
import { packRows, splitRows, type TokenRows } from '../token-rows';
import { dimensions } from '../vector-dimensions';

/** A text "17" has 17 tokens, all 17; its vector holds 17. Any text's vector so tells which text it was made from. */
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
    lanes: 2,
    tokenBudget: 2048,
    tokenize: vi.fn((texts: string[]) =>
      Promise.resolve(packRows(texts.map((text) => new Array<number>(Number(text)).fill(Number(text))))),
    ),
    embed: vi.fn(async (tokens: TokenRows) => {
      // Later calls answer earlier, so that nothing can rest on the order.
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

const clock = () => performance.now();
const expectedVectors = (papers: EmbedPaper[]) =>
  new Map(papers.map(({ textHash, text }) => [textHash, Number(text)]));
const lost = () => new AppError('worker-lost', 'A worker was lost.');

describe('embedding papers', () => {
  it('gives each paper its own vector, over several windows and whatever the order of the answers', async () => {
    const papers = papersOf(700);
    const { vectors, onVectors } = collect();
    const done: number[] = [];
    const onProgress: EmbedOptions['onProgress'] = (progress) => {
      done.push(progress.done);
      expect(progress.total).toBe(700);
      expect(progress.secondsLeft).toBeGreaterThanOrEqual(0);
    };
    const result = await embedPapers(fakeRuntime(), papers, { onVectors, onProgress }, clock);
    expect(result).toEqual({ failed: [] });
    expect(vectors).toEqual(expectedVectors(papers));
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(done.at(-1)).toBe(700);
  });

  it('does nothing for no papers', async () => {
    const runtime = fakeRuntime();
    expect(await embedPapers(runtime, [], { ...collect() }, clock)).toEqual({ failed: [] });
    expect(runtime.tokenize).not.toHaveBeenCalled();
  });

  it('retries a batch whose worker died', async () => {
    const papers = papersOf(60);
    const { vectors, onVectors } = collect();
    const runtime = fakeRuntime((tokens, call) => {
      if (call === 1 || call === 3) throw lost();
      return vectorsOf(tokens);
    });
    expect(await embedPapers(runtime, papers, { onVectors }, clock)).toEqual({ failed: [] });
    expect(vectors).toEqual(expectedVectors(papers));
  });

  it('gives up a batch that has ended three workers, and only that one', async () => {
    const papers = papersOf(60);
    const { vectors, onVectors } = collect();
    const poison = Math.max(...papers.map(({ text }) => Number(text)));
    let tries = 0;
    const runtime = fakeRuntime((tokens) => {
      if (!tokens.ids.includes(poison)) return vectorsOf(tokens);
      tries += 1;
      throw lost();
    });
    const { failed } = await embedPapers(runtime, papers, { onVectors }, clock);
    expect(tries).toBe(3);
    expect(failed).toContain(`hash ${poison}`);
    expect(failed.length).toBeLessThan(20);
    expect(vectors.size + failed.length).toBe(60);
    for (const hash of failed) expect(vectors.has(hash)).toBe(false);
  });

  it('reports a paper whose vector is not finite, and keeps the others of its batch', async () => {
    const papers = papersOf(30);
    const [bad] = papers;
    const { vectors, onVectors } = collect();
    const runtime = fakeRuntime((tokens) => {
      const made = vectorsOf(tokens);
      const row = splitRows(tokens).findIndex((ids) => String(ids[0]) === bad?.text);
      if (row >= 0) made[row * dimensions + 5] = NaN;
      return made;
    });
    expect(await embedPapers(runtime, papers, { onVectors }, clock)).toEqual({ failed: [bad?.textHash] });
    expect(vectors).toEqual(expectedVectors(papers.slice(1)));
  });

  it('takes an output of the wrong length for no vector', async () => {
    const { vectors, onVectors } = collect();
    const runtime = fakeRuntime(() => new Float32Array(5));
    const { failed } = await embedPapers(runtime, papersOf(5), { onVectors }, clock);
    expect(failed).toHaveLength(5);
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
    await expect(embedPapers(runtime, papersOf(100), { ...collect() }, clock)).rejects.toThrow(message);
    expect(runtime.embed.mock.calls.length).toBeLessThanOrEqual(3);
  });

  it('stops when a commit fails, with its error, and commits nothing afterwards', async () => {
    let commits = 0;
    const onVectors = async () => {
      commits += 1;
      await Promise.resolve();
      throw new AppError('storage-full', 'no room');
    };
    await expect(embedPapers(fakeRuntime(), papersOf(300), { onVectors }, clock)).rejects.toThrow('no room');
    const atTheEnd = commits;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(commits).toBe(atTheEnd);
  });

  it('stops when cancelled, and commits nothing afterwards', async () => {
    const controller = new AbortController();
    let commits = 0;
    const onVectors = async () => {
      commits += 1;
      if (commits === 2) controller.abort(new Error('cancelled by the reader'));
      await Promise.resolve();
    };
    const call = embedPapers(fakeRuntime(), papersOf(300), { onVectors, signal: controller.signal }, clock);
    await expect(call).rejects.toThrow('cancelled by the reader');
    const atTheEnd = commits;
    expect(atTheEnd).toBeLessThan(10);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(commits).toBe(atTheEnd);
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
    await vi.waitFor(() => expect(gate.paused).toBe(true));
    await new Promise((resolve) => setTimeout(resolve, 30));
    const begun = runtime.embed.mock.calls.length;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(runtime.embed.mock.calls.length).toBe(begun);
    expect(vectors.size).toBeLessThan(200);
    gate.resume();
    await call;
    expect(vectors).toEqual(expectedVectors(papers));
  });
});
