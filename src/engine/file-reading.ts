import type { Engine } from './engine';
import type { ImportCalls } from './protocol';
import { createQueue } from './queue';
import type { WorkerClient } from './rpc-client';

/** A file that takes longer to read has sent a parser astray. */
const silenceMs = 30_000;

/**
 * As `read` in engine.ts. One file at a time, so that the silence of a worker that is busy with another is not held
 * against a file; a reading that is cancelled ends its worker, since a parser hears of nothing until it is done.
 */
export function createFileReading(client: WorkerClient<ImportCalls>): Engine['read'] {
  const inTurn = createQueue();
  return (name, bytes, { sha256, signal = new AbortController().signal } = {}) => {
    const input = { name, bytes, ...(sha256 === undefined ? {} : { sha256 }) };
    const reading = inTurn(signal, async () => {
      try {
        return await client.call('read', input, { signal, transfer: [bytes], silenceMs });
      } catch (error) {
        if (signal.aborted) client.terminate();
        throw error;
      }
    });
    return untilAborted(signal, reading);
  };
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
