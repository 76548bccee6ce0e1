import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { download, stallMs, type DownloadOptions } from './download';

const file = Uint8Array.from({ length: 1_000 }, (_, at) => at % 251);

/** A response that sends these bytes and then ends, breaks off or falls silent. */
function response(from: number, to: number, then: 'ends' | 'breaks' | 'is silent', init?: ResponseInit) {
  let isUnsent = true;
  return new Response(
    new ReadableStream({
      pull(controller) {
        const isFirst = isUnsent;
        isUnsent = false;
        if (isFirst) return controller.enqueue(file.slice(from, to));
        if (then === 'ends') controller.close();
        if (then === 'breaks') controller.error(new TypeError('network error'));
        return undefined;
      },
    }),
    init,
  );
}

const partial = (from: number, to: number, then: 'ends' | 'breaks' | 'is silent' = 'ends') =>
  response(from, to, then, {
    status: 206,
    headers: { 'content-range': `bytes ${from}-${file.length - 1}/${file.length}` },
  });

/** Answers the requests in turn, and records what they asked for. */
function setUp(answers: ((init: RequestInit) => Response | Promise<Response>)[], signal?: AbortSignal) {
  const asked: (string | null)[] = [];
  const [onStall, onBytes] = [vi.fn(), vi.fn()];
  const options: DownloadOptions = {
    url: 'https://atlas.test/model.onnx',
    length: file.length,
    cache: 'default',
    signal,
    onStall,
    onBytes,
    check: () => undefined,
    fetch: async (_, init) => {
      asked.push(new Headers(init.headers).get('range'));
      const answer = answers.shift();
      if (answer === undefined) throw new TypeError('Failed to fetch');
      return answer(init);
    },
  };
  return { result: download(options), asked, onStall, onBytes };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a download', () => {
  it('that stalls is told, and goes on from where it stood', async () => {
    const { result, asked, onStall, onBytes } = setUp([
      () => response(0, 400, 'is silent'),
      () => partial(400, 1_000),
    ]);
    await vi.advanceTimersByTimeAsync(stallMs - 1);
    expect(onStall).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(await result).toEqual(file);
    expect(onStall).toHaveBeenCalledOnce();
    expect(asked).toEqual([null, 'bytes=400-']);
    expect(onBytes.mock.calls.map(([bytes]) => bytes as number)).toEqual([400, 1_000]);
  });

  it('that breaks off goes on from where it stood', async () => {
    const { result, asked } = setUp([() => response(0, 400, 'breaks'), () => partial(400, 1_000)]);
    expect(await result).toEqual(file);
    expect(asked).toEqual([null, 'bytes=400-']);
  });

  it('begins anew where the server sends the whole file instead of the rest', async () => {
    const { result, asked } = setUp([() => response(0, 400, 'is silent'), () => response(0, 1_000, 'ends')]);
    await vi.advanceTimersByTimeAsync(stallMs);
    expect(await result).toEqual(file);
    expect(asked).toEqual([null, 'bytes=400-']);
  });

  it('begins anew where the server sends another part', async () => {
    const { result } = setUp([() => response(0, 400, 'is silent'), () => partial(0, 1_000)]);
    await vi.advanceTimersByTimeAsync(stallMs);
    expect(await result).toEqual(file);
  });

  it('that gets no answer at all is tried again, and gives up after minutes without a byte', async () => {
    const never = ({ signal }: RequestInit) =>
      new Promise<Response>((_, reject) => {
        signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
      });
    const { result, onStall } = setUp(Array.from({ length: 40 }, () => never));
    const failure = result.catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(16 * stallMs);
    expect(await failure).toMatchObject({ name: 'AbortError' });
    expect(onStall).toHaveBeenCalledTimes(15);
  });

  it('can be stopped while it stalls', async () => {
    const stop = new AbortController();
    const { result, asked } = setUp([() => response(0, 400, 'is silent')], stop.signal);
    const failure = result.catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(1_000);
    stop.abort(new Error('stopped by the reader'));
    await vi.advanceTimersByTimeAsync(0);
    expect(await failure).toMatchObject({ message: 'stopped by the reader' });
    expect(asked).toHaveLength(1);
  });

  it('fails at once without a network', async () => {
    const { result, onStall } = setUp([]);
    await expect(result).rejects.toThrow('Failed to fetch');
    expect(onStall).not.toHaveBeenCalled();
  });

  it.each([
    ['longer', () => new Response(new Uint8Array(1_001))],
    ['shorter', () => response(0, 999, 'ends')],
  ])('is null when the file is %s than it should be', async (_, answer) => {
    expect(await setUp([answer]).result).toBeNull();
  });
});
