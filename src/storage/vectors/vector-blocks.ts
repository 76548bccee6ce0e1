import { composePaper } from '../../core/paper/catalogue/compose';
import { transact, type Database } from '../database/transaction';
import { isFields } from '../reading/fields';
import { readPaper } from '../reading/read-records';
import { isVectorBlock } from '../reading/validate';
import { rowsPerBlock, packVectors, repackBlocks, rowsOf } from './vector-rows';

/** Sentence vectors are stored under the key of their model, followed by this. */
const sentenceSuffix = '/sentence';

/** Sentence vectors are a cache, and are dropped before the vectors of papers when the disk is full. */
export function isSentenceKey(vectorKey: string): boolean {
  return vectorKey.endsWith(sentenceSuffix);
}

/** All blocks of one vector key: an empty list sorts after every number. */
function blocksOf(vectorKey: string): IDBKeyRange {
  return IDBKeyRange.bound([vectorKey], [vectorKey, []]);
}

/** The rows are views into the loaded blocks. A malformed block counts as absent: its vectors can be recomputed. */
export async function loadVectors(
  database: Database,
  vectorKey: string,
  dim: number,
  textHashes: readonly string[],
): Promise<Map<string, Float32Array>> {
  const blocks = await database.getAll('vectors', blocksOf(vectorKey));
  const wanted = new Set(textHashes);
  const rowByHash = new Map<string, Float32Array>();
  for (const [hash, row] of rowsOf(blocks.filter((block) => isVectorBlock(block, dim)))) {
    if (wanted.has(hash)) rowByHash.set(hash, row);
  }
  return rowByHash;
}

export async function appendVectors(
  database: Database,
  vectorKey: string,
  textHashes: readonly string[],
  vectors: Float32Array,
): Promise<void> {
  const block = packVectors(textHashes, vectors);
  if (block === null) return;
  await transact(database, ['vectors'], 'readwrite', 'relaxed', async (transaction) => {
    const store = transaction.objectStore('vectors');
    const newest = await store.openKeyCursor(blocksOf(vectorKey), 'prev');
    await store.add(block, [vectorKey, (newest?.key[1] ?? -1) + 1]);
  });
}

/** Full blocks stay unchanged; the others are merged after them, without rows that the full blocks contain. */
export async function compactVectors(database: Database, vectorKey: string, dim: number): Promise<void> {
  await transact(database, ['vectors'], 'readwrite', 'relaxed', async (transaction) => {
    const store = transaction.objectStore('vectors');
    const [keys, blocks] = await Promise.all([
      store.getAllKeys(blocksOf(vectorKey)),
      store.getAll(blocksOf(vectorKey)),
    ]);
    const entries = keys.map((key, index) => ({ key, block: blocks[index] }));
    const valid = entries.flatMap(({ key, block }) => (isVectorBlock(block, dim) ? [{ key, block }] : []));
    const full = valid.filter(({ block }) => block.textHashes.length >= rowsPerBlock);
    const small = valid.filter(({ block }) => block.textHashes.length < rowsPerBlock);
    if (valid.length === entries.length && small.length < 2) return;
    const fullKeys = new Set(full.map(({ key }) => key));
    const replacedKeys = keys.filter((key) => !fullKeys.has(key));
    const hashesInFullBlocks = new Set(full.flatMap(({ block }) => block.textHashes));
    const repacked = repackBlocks(
      small.map(({ block }) => block),
      dim,
      hashesInFullBlocks,
    );
    const next = (keys.at(-1)?.[1] ?? -1) + 1;
    await Promise.all([
      ...replacedKeys.map(async (key) => store.delete(key)),
      ...repacked.map(async (block, index) => store.add(block, [vectorKey, next + index])),
    ]);
  });
}

/** Drops the vectors of texts that no paper of the library has. */
export async function purgeRemoved(database: Database): Promise<void> {
  await transact(database, ['papers', 'vectors'], 'readwrite', 'relaxed', async (transaction) => {
    const used = new Set<string>();
    for (const raw of await transaction.objectStore('papers').getAll()) {
      const stored = readPaper(raw)?.value;
      if (stored !== undefined) used.add(composePaper(stored.id, stored.sightings).textHash);
    }
    const store = transaction.objectStore('vectors');
    for (const key of await store.getAllKeys()) {
      if (isSentenceKey(key[0])) continue;
      const block: unknown = await store.get(key);
      const { dim } = isFields(block) ? block : {};
      if (typeof dim !== 'number' || !isVectorBlock(block, dim)) continue;
      const removed = new Set(block.textHashes.filter((hash) => !used.has(hash)));
      if (removed.size === 0) continue;
      const [rest] = repackBlocks([block], dim, removed);
      if (rest === undefined) await store.delete(key);
      else await store.put(rest, key);
    }
  });
}

/** Drops the vectors of every key but `keep`; null drops all. */
export async function purgeVectors(database: Database, keep: string | null): Promise<void> {
  await transact(database, ['vectors'], 'readwrite', 'relaxed', async (transaction) => {
    const store = transaction.objectStore('vectors');
    const vectorKeys = new Set((await store.getAllKeys()).map(([vectorKey]) => vectorKey));
    for (const vectorKey of vectorKeys) {
      if (vectorKey !== keep) await store.delete(blocksOf(vectorKey));
    }
  });
}
