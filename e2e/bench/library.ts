import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright';
import { cacheFolder } from './folders';
import { reportProgress } from './output';
import { packFloats } from './packed';
import type { BenchPapers } from './papers';
import { fileVectors } from './vectors';

export const pollMs = 2000;
/** Embedding a large file takes about half an hour. */
export const timeoutMs = 7_200_000;
const rowsPerPut = 4096;

/** Stores the vectors from the vectors file, if there is one, as if the app had computed them. */
export async function seedVectors(storePage: Page, added: BenchPapers): Promise<void> {
  const vectors = fileVectors(added);
  if (vectors === null) return;
  const dim = vectors.length / added.papers.length;
  for (let row = 0; row < added.papers.length; row += rowsPerPut) {
    const hashes = added.papers.slice(row, row + rowsPerPut).map(({ textHash }) => textHash);
    const packed = packFloats(vectors.subarray(row * dim, (row + hashes.length) * dim));
    await storePage.evaluate(({ hashes, packed }) => window.store.putVectors(hashes, packed), {
      hashes,
      packed,
    });
  }
}

/** Adds the papers as a file, as a reader would. */
export async function addPapers(page: Page, { jsonl, papers }: BenchPapers): Promise<void> {
  reportProgress(`Adding ${papers.length} papers.`);
  const file = path.join(cacheFolder, 'start-papers.jsonl');
  await mkdir(cacheFolder, { recursive: true });
  await writeFile(file, jsonl ?? '');
  await page.getByLabel('Add digest files').setInputFiles(file);
}

/** Waits until the newest finished map holds every paper of the library, and more than `known`. */
export async function waitForFinishedMap(storePage: Page, known = 0): Promise<number> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    const { papers, placed } = await storePage.evaluate(() => window.store.mapProgress());
    if (placed > known && placed === papers) return papers;
    await storePage.waitForTimeout(pollMs);
  }
  throw new Error(`expected a map of all papers within ${timeoutMs / 60_000} minutes`);
}
