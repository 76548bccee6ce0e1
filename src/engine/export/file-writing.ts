import type { Engine } from '../engine';
import type { ExportCalls } from '../protocol';
import { WorkerClient, type WorkerPort } from '../rpc/rpc-client';

/** The page clones this many in a few ms, between two frames. */
const papersPerMessage = 250;

/** As `write` in engine.ts. Each file has a worker of its own, which is ended when the file is written or stopped. */
export function createFileWriting(spawn: () => WorkerPort): Engine['write'] {
  return async (count, part, format, options, { signal, onProgress } = {}) => {
    const client = new WorkerClient<ExportCalls>(spawn);
    try {
      for (let from = 0; from < count; from += papersPerMessage) {
        signal?.throwIfAborted();
        const papers = part(from, Math.min(count, from + papersPerMessage));
        await client.call('take', { papers }, { signal });
      }
      const { bytes, mediaType } = await client.call('write', { format, options }, { signal, onProgress });
      return new Blob([bytes], { type: mediaType });
    } finally {
      client.terminate();
    }
  };
}
