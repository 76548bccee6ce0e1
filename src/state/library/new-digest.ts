import type { Digest } from '../../core/paper/paper';
import type { ReadFile } from '../../engine/protocol';

/** The digest that a file becomes. `addedAt` in ms since the epoch. */
export function newDigest(id: string, file: string, read: ReadFile, addedAt: number): Digest {
  return {
    id,
    name: read.digestName,
    ...(read.date === undefined ? {} : { date: read.date }),
    format: read.format ?? 'unknown',
    file,
    sha256: read.sha256,
    count: read.papers.length,
    addedAt,
  };
}
