import { AppError } from '../../core/errors';
import { megabytes, timeLimitMs, TIME_MS_PER_MEGABYTE } from '../../core/import/limits';
import type { IdentifiedPaper } from '../../core/paper/paper';
import type { Engine } from '../engine';
import type { ImportCalls, ReadProgress } from '../protocol';
import { createQueue } from '../rpc/queue';
import type { WorkerClient } from '../rpc/rpc-client';

/** For the worker to start, which a slow line may hold up. */
const startMs = 30_000;

/**
 * As `read` in engine.ts. One file at a time, so that the time of one is not held against another; a reading that is
 * cancelled, or takes longer than a file of its size may, ends its worker, since a parser hears of nothing until it is
 * done. The next file gets a fresh one.
 */
export function createFileReading(client: WorkerClient<ImportCalls>): Engine['read'] {
  const inTurn = createQueue();
  return (name, bytes, options = {}) => {
    const { sha256, columnRoles, onProgress, signal = new AbortController().signal } = options;
    const input = {
      name,
      bytes,
      ...(sha256 === undefined ? {} : { sha256 }),
      ...(columnRoles === undefined ? {} : { columnRoles }),
    };
    const size = bytes.byteLength;
    const reading = inTurn(signal, async () => {
      const papers: IdentifiedPaper[] = [];
      const clock = new Clock(client);
      const take = (progress: ReadProgress) => {
        if (progress.kind === 'begun') return clock.allow(timeLimitMs(size), tooSlow(name, size));
        for (const paper of progress.papers) papers.push(paper);
        onProgress?.({ done: progress.done, total: progress.total });
      };
      try {
        clock.allow(startMs, notStarted());
        const read = await client.call('read', input, { signal, transfer: [bytes], onProgress: take });
        return { ...read, papers };
      } catch (error) {
        if (signal.aborted) client.terminate();
        throw clock.verdict ?? error;
      } finally {
        clock.stop();
      }
    });
    return untilAborted(signal, reading);
  };
}

/** Ends the worker when the time it was last allowed is over. */
class Clock {
  readonly #client: WorkerClient<ImportCalls>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Why the worker was ended, if it was. */
  verdict: AppError | null = null;

  constructor(client: WorkerClient<ImportCalls>) {
    this.#client = client;
  }

  allow(ms: number, verdict: AppError): void {
    this.stop();
    this.#timer = setTimeout(() => {
      this.verdict = verdict;
      this.#client.terminate();
    }, ms);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

function notStarted(): AppError {
  return new AppError('worker-lost', `What reads files did not start within ${startMs / 1_000} seconds.`);
}

function tooSlow(name: string, size: number): AppError {
  const seconds = Math.round(timeLimitMs(size) / 1_000);
  const rule = `${TIME_MS_PER_MEGABYTE / 1_000} seconds a megabyte`;
  return new AppError(
    'file-too-slow',
    `Reading “${name}” (${megabytes(size)}) was stopped after ${seconds} seconds: a file may take ${rule}. ` +
      'Split it and add the parts.',
  );
}

/** What waits for its turn is rejected at once too. */
function untilAborted<T>(signal: AbortSignal, result: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort);
    result.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
