import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { trendingPage } from '../core/import/formats/list/trending-page';
import { embeddedText } from '../core/paper/identity';
import type { ParsedPaper } from '../core/paper/paper';
import { dimensions, maxTokens } from '../engine/model-constants';
import { cachedModel, sha256 } from './model/model-cache';
import { openModel, openTokenizer, root } from './model/node-embedder';

export interface CorpusVectors {
  /** The embedded text of each paper, in the order of the file. */
  texts: string[];
  /** Papers × dimensions, unit length. */
  vectors: Float32Array;
}

/** The papers of the shipped digest, in the order of the file. */
export async function shippedPapers(): Promise<ParsedPaper[]> {
  const page = await readFile(join(root, 'public/corpus/trending-papers.txt'), 'utf8');
  return trendingPage.parse(page).papers;
}

/** The shipped papers' vectors from the app's model, for tests; see `vectorsOfTexts`. */
export async function corpusVectors(): Promise<CorpusVectors> {
  const texts = (await shippedPapers()).map(embeddedText);
  return { texts, vectors: await vectorsOfTexts(texts) };
}

/**
 * Texts × dimensions, in int8. 199 abstracts take about 40 s on one core the first time and are then read from
 * node_modules/.cache, keyed by the model and the tokens.
 */
export async function vectorsOfTexts(texts: readonly string[]): Promise<Float32Array> {
  const model = await cachedModel(root, { precision: 'int8', output: 'sentence_embedding' });
  const tokenize = await openTokenizer();
  const tokens = texts.map((text) => tokenize(text, maxTokens));

  const key = sha256(JSON.stringify([model.sha256, tokens]));
  const folder = join(root, 'node_modules/.cache/digest-atlas');
  const file = join(folder, `corpus-vectors-${key.slice(0, 16)}.f32`);
  const cached = await readFile(file).catch(() => null);
  if (cached?.byteLength === texts.length * dimensions * 4) {
    return new Float32Array(Uint8Array.from(cached).buffer);
  }

  const embed = await openModel(await readFile(model.file));
  const vectors = new Float32Array(texts.length * dimensions);
  for (const [row, ids] of tokens.entries()) vectors.set(await embed(ids), row * dimensions);
  await mkdir(folder, { recursive: true });
  await writeFile(file, new Uint8Array(vectors.buffer));
  return vectors;
}
