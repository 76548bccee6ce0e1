import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright';
import { cacheFolder } from './folders';
import { say } from './output';
import { packFloats } from './packed';
import type { BenchPapers } from './papers';
import { fileVectors } from './vectors';

export const pollMs = 2000;
/** Half an hour of embedding is usual for a large file; what takes longer than this will never end. */
export const patienceMs = 7_200_000;
const rowsAPut = 4096;

/** As if the app had computed them, where the file of papers has one of vectors. */
export async function seedVectors(storePage: Page, added: BenchPapers): Promise<void> {
  const vectors = fileVectors(added);
  if (vectors === null) return;
  const dim = vectors.length / added.papers.length;
  for (let row = 0; row < added.papers.length; row += rowsAPut) {
    const hashes = added.papers.slice(row, row + rowsAPut).map(({ textHash }) => textHash);
    const packed = packFloats(vectors.subarray(row * dim, (row + hashes.length) * dim));
    await storePage.evaluate(({ hashes, packed }) => window.store.putVectors(hashes, packed), {
      hashes,
      packed,
    });
  }
}

/** As a reader would add them. */
export async function addPapers(page: Page, { jsonl, papers }: BenchPapers): Promise<void> {
  say(`Adding ${papers.length} papers.`);
  const file = path.join(cacheFolder, 'start-papers.jsonl');
  await mkdir(cacheFolder, { recursive: true });
  await writeFile(file, jsonl ?? '');
  await page.getByLabel('Add digest files').setInputFiles(file);
}

/** Waits until the newest finished map holds every paper of the library, and more than `known`. */
export async function chartedPapers(storePage: Page, known = 0): Promise<number> {
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    const { papers, placed } = await storePage.evaluate(() => window.store.charted());
    if (placed > known && placed === papers) return papers;
    await storePage.waitForTimeout(pollMs);
  }
  throw new Error(`expected a map of all papers within ${patienceMs / 60_000} minutes`);
}
