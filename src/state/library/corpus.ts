import { readCorpusIndex, type CorpusEntry } from '../../core/import/corpus-index';
import { AppError } from '../../core/errors';
import type { Engine } from '../../engine/engine';
import type { ReadFile } from '../../engine/protocol';

interface Shelf {
  /** Whether this browser has this very file already, or the reader removed it. */
  has(entry: CorpusEntry): boolean;
  take(entry: CorpusEntry, read: ReadFile): Promise<void>;
}

/** Reads the digests that the site ships and the shelf lacks. One that fails costs the others nothing. */
export async function readCorpus(url: string, engine: Engine, shelf: Shelf): Promise<void> {
  const index = readCorpusIndex(await (await fetchFrom(url, 'index.json')).text());
  if (index.digests.length === 0) {
    const why = index.problems[0]?.why ?? 'it is empty';
    throw new AppError('asset-corrupt', `corpus/index.json lists no digest: ${why}`);
  }
  const failures: unknown[] = [];
  for (const entry of index.digests) {
    try {
      if (shelf.has(entry)) continue;
      const response = await fetchFrom(url, entry.file);
      const bytes = await response.arrayBuffer();
      await shelf.take(entry, await engine.read(entry.file, bytes, { sha256: entry.sha256 }));
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

async function fetchFrom(url: string, file: string): Promise<Response> {
  const response = await fetch(url + file).catch((cause: unknown) => {
    throw new AppError('asset-missing', `corpus/${file} cannot be reached.`, { cause });
  });
  if (!response.ok) throw new AppError('asset-missing', `corpus/${file} is missing (${response.status}).`);
  return response;
}
