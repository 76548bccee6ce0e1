import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkCorpus } from './corpus';

const SHIPPED = join(import.meta.dirname, '../../public/corpus');

describe('checkCorpus', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'corpus-'));
    await cp(SHIPPED, directory, { recursive: true });
  });

  afterEach(() => rm(directory, { recursive: true }));

  async function editIndex(edit: (entry: Record<string, unknown>) => void): Promise<void> {
    const path = join(directory, 'index.json');
    const index = JSON.parse(await readFile(path, 'utf8')) as { digests: [Record<string, unknown>] };
    edit(index.digests[0]);
    await writeFile(path, JSON.stringify(index));
  }

  it('finds nothing wrong with the corpus that ships', async () => {
    expect(await checkCorpus(SHIPPED)).toEqual([]);
  });

  it('refuses a file that was changed by one byte', async () => {
    const path = join(directory, 'trending-papers.txt');
    const bytes = await readFile(path);
    bytes[200_000] = (bytes[200_000] ?? 0) ^ 1;
    await writeFile(path, bytes);
    expect(await checkCorpus(directory)).toEqual([
      expect.stringMatching(/expected SHA-256 [0-9a-f]{64}, got/),
    ]);
  });

  it('refuses a count that the importer does not come to', async () => {
    await editIndex((entry) => (entry['count'] = 200));
    expect(await checkCorpus(directory)).toEqual(['trending-papers.txt: expected 200 papers, read 199']);
  });

  it('refuses a listed file that is not there', async () => {
    await editIndex((entry) => (entry['file'] = 'absent.txt'));
    expect(await checkCorpus(directory)).toEqual([
      'absent.txt is missing',
      'trending-papers.txt is not listed in index.json',
    ]);
  });

  it('refuses an index that is missing or not JSON', async () => {
    await writeFile(join(directory, 'index.json'), '<!doctype html>');
    expect(await checkCorpus(directory)).toContainEqual(
      expect.stringContaining('index.json, line 1, column 1'),
    );
    await rm(join(directory, 'index.json'));
    expect(await checkCorpus(directory)).toEqual([`index.json is missing in ${directory}`]);
  });
});
