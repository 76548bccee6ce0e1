import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkCorpus } from './corpus';

const shippedFolder = join(import.meta.dirname, '../../public/corpus');

describe('checkCorpus', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'corpus-'));
    await cp(shippedFolder, directory, { recursive: true });
  });

  afterEach(() => rm(directory, { recursive: true }));

  async function editIndex(edit: (entry: Record<string, unknown>) => void): Promise<void> {
    const path = join(directory, 'index.json');
    const index = JSON.parse(await readFile(path, 'utf8')) as { digests: [Record<string, unknown>] };
    edit(index.digests[0]);
    await writeFile(path, JSON.stringify(index));
  }

  it('finds no fault in the shipped corpus', async () => {
    expect(await checkCorpus(shippedFolder)).toEqual([]);
  });

  it('rejects a file in which one byte was changed', async () => {
    const path = join(directory, 'trending-papers.txt');
    const bytes = await readFile(path);
    bytes[200_000] = (bytes[200_000] ?? 0) ^ 1;
    await writeFile(path, bytes);
    expect(await checkCorpus(directory)).toEqual([
      expect.stringMatching(/expected SHA-256 [0-9a-f]{64}, got/),
    ]);
  });

  it('rejects a count that differs from the number of papers read', async () => {
    await editIndex((entry) => (entry['count'] = 200));
    expect(await checkCorpus(directory)).toEqual(['trending-papers.txt: expected 200 papers, read 199']);
  });

  it('rejects a listed file that is missing', async () => {
    await editIndex((entry) => (entry['file'] = 'absent.txt'));
    expect(await checkCorpus(directory)).toEqual([
      'absent.txt is missing',
      'trending-papers.txt is not listed in index.json',
    ]);
  });

  it('rejects an index that is missing or not JSON', async () => {
    await writeFile(join(directory, 'index.json'), '<!doctype html>');
    expect(await checkCorpus(directory)).toContainEqual(
      expect.stringContaining('index.json, line 1, column 1'),
    );
    await rm(join(directory, 'index.json'));
    expect(await checkCorpus(directory)).toEqual([`index.json is missing in ${directory}`]);
  });
});
