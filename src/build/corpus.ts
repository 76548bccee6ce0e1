import { readdir, readFile as readBytes } from 'node:fs/promises';
import { join } from 'node:path';
import { readCorpusIndex, type CorpusEntry } from '../core/import/corpus-index';
import { readFile } from '../core/import/read-file';
import { sha256Hex } from '../core/paper/hash';

const indexFile = 'index.json';

/** A message for each fault of the corpus in `directory`; empty when the app can read all of it. */
export async function checkCorpus(directory: string): Promise<string[]> {
  const text = await readBytes(join(directory, indexFile), 'utf8').catch(() => null);
  if (text === null) return [`${indexFile} is missing in ${directory}`];
  const { digests, problems } = readCorpusIndex(text);
  const faults = problems.map(({ where, why }) => `${where}: ${why}`);
  for (const entry of digests) faults.push(...(await checkDigest(directory, entry)));

  const listed = new Set([indexFile, ...digests.map(({ file }) => file)]);
  const present = (await readdir(directory)).filter((file) => !file.startsWith('.'));
  faults.push(
    ...present.filter((file) => !listed.has(file)).map((file) => `${file} is not listed in ${indexFile}`),
  );
  return faults;
}

/** Uses the app's importer, so that a digest that passes here is also read in the app. */
async function checkDigest(directory: string, entry: CorpusEntry): Promise<string[]> {
  const bytes = await readBytes(join(directory, entry.file)).catch(() => null);
  if (bytes === null) return [`${entry.file} is missing`];
  const faults: string[] = [];
  const sha256 = sha256Hex(bytes);
  if (sha256 !== entry.sha256) faults.push(`${entry.file}: expected SHA-256 ${entry.sha256}, got ${sha256}`);
  const reading = await readFile({ name: entry.file, bytes }, (part, encoding, fatal) =>
    new TextDecoder(encoding, { fatal }).decode(part),
  );
  if (reading.papers.length !== entry.count) {
    faults.push(`${entry.file}: expected ${entry.count} papers, read ${reading.papers.length}`);
  }
  faults.push(...reading.problems.map(({ where, why }) => `${entry.file}, ${where}: ${why}`));
  return faults;
}
