import { AppError } from '../../core/errors';
import { megabytes, timeLimitMs, timeMsPerMegabyte } from '../../core/import/limits';
import type { IdentifiedPaper } from '../../core/paper/paper';
import type { Engine } from '../engine';
import type { ImportCalls, ReadProgress } from '../protocol';
import { SerialQueue } from '../../core/async/serial-queue';
import type { WorkerClient } from '../rpc/rpc-client';
import { untilAborted } from '../rpc/until-aborted';

/** How long the worker may take to start: its script may come over a slow connection. */
const startMs = 30_000;

/**
 * As `read` in engine.ts. One file at a time, so that the time limit of a file counts its own time only. A reading that
 * is cancelled or takes longer than allowed for its size ends its worker, since a parser handles no message until it
 * is done. The next file gets a fresh worker.
 */
export function createFileReading(client: WorkerClient<ImportCalls>): Engine['read'] {
  const queue = new SerialQueue();
  return (name, bytes, options = {}) => {
    const { sha256, columnRoles, onProgress, signal = new AbortController().signal } = options;
    const input = {
      name,
      bytes,
      ...(sha256 === undefined ? {} : { sha256 }),
      ...(columnRoles === undefined ? {} : { columnRoles }),
    };
    const size = bytes.byteLength;
    const reading = queue.run(async () => {
      const papers: IdentifiedPaper[] = [];
      const limit = new TimeLimit(client);
      const receive = (progress: ReadProgress) => {
        if (progress.kind === 'begun') return limit.restart(timeLimitMs(size), tooSlow(name, size));
        for (const paper of progress.papers) papers.push(paper);
        onProgress?.({ done: progress.done, total: progress.total });
      };
      try {
        limit.restart(startMs, notStarted());
        const read = await client.call('read', input, { signal, transfer: [bytes], onProgress: receive });
        return { ...read, papers };
      } catch (error) {
        if (signal.aborted) client.terminate();
        throw limit.failure ?? error;
      } finally {
        limit.stop();
      }
    }, signal);
    // Rejects a file that waits for its turn at once, too.
    return untilAborted(reading, signal);
  };
}

/** Ends the worker when the time that was set last is over. */
class TimeLimit {
  readonly #client: WorkerClient<ImportCalls>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Set when the worker was ended. */
  failure: AppError | null = null;

  constructor(client: WorkerClient<ImportCalls>) {
    this.#client = client;
  }

  restart(ms: number, failure: AppError): void {
    this.stop();
    this.#timer = setTimeout(() => {
      this.failure = failure;
      this.#client.terminate();
    }, ms);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

function notStarted(): AppError {
  return new AppError('worker-lost', `The file reader did not start within ${startMs / 1_000} seconds.`);
}

function tooSlow(name: string, size: number): AppError {
  const seconds = Math.round(timeLimitMs(size) / 1_000);
  const rule = `${timeMsPerMegabyte / 1_000} seconds a megabyte`;
  return new AppError(
    'file-too-slow',
    `Reading “${name}” (${megabytes(size)}) was stopped after ${seconds} seconds: a file may take ${rule}. ` +
      'Split it and add the parts.',
  );
}
