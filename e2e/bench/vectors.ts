import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright';
import { embeddedText } from '../../src/core/paper/identity';
import { dimensions } from '../../src/engine/model-constants';
import { cacheFolder } from './folders';
import { readHalfRows } from './half-rows';
import { UsageError } from './options';
import { reportProgress } from './output';
import { unpackFloats } from './packed';
import type { BenchPapers } from './papers';

/** The papers' vectors from their vectors file, papers × 384; null when there is none. */
export function fileVectors({ papers, rows, vectorsFile }: BenchPapers): Float32Array<ArrayBuffer> | null {
  if (vectorsFile === null) return null;
  return readHalfRows(
    bytesOf(vectorsFile),
    dimensions,
    rows,
    papers.map(({ row }) => row),
  );
}

/**
 * The papers' vectors, papers × 384: from the vectors file if there is one, else computed by the app's engine on `page`
 * (ours.html) and cached by the app's vector key and the texts.
 */
export async function vectorsOf(chosen: BenchPapers, page: Page): Promise<Float32Array<ArrayBuffer>> {
  const fromFile = fileVectors(chosen);
  if (fromFile !== null) return fromFile;
  const { papers } = chosen;
  const vectorKey = await page.evaluate(() => window.ours.vectorKey());
  const key = createHash('sha256').update(
    JSON.stringify([vectorKey, papers.map(({ textHash }) => textHash)]),
  );
  const file = path.join(cacheFolder, `vectors-${key.digest('hex').slice(0, 32)}.f32`);
  const cached = await readFile(file).catch(() => null);
  if (cached?.byteLength === papers.length * dimensions * 4)
    return new Float32Array(Uint8Array.from(cached).buffer);

  reportProgress(`Embedding ${papers.length} papers.`);
  const texts = papers.map(embeddedText);
  await page.evaluate((warm) => window.ours.warmUp(warm), texts.slice(0, 1));
  const embedded = await page.evaluate((all) => window.ours.embed(all), texts);
  const vectors = unpackFloats(embedded.vectors);
  await mkdir(cacheFolder, { recursive: true });
  await writeFile(`${file}.part`, new Uint8Array(vectors.buffer));
  await rename(`${file}.part`, file);
  return vectors;
}

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new UsageError(
      `${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}
