import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cachedModel, sha256 } from './model-cache';
import { root } from './node-embedder';

const options = { precision: 'fp32', output: 'sentence_embedding' } as const;

describe('cachedModel', { timeout: 60_000 }, () => {
  let folder = '';

  /** A project with our weights and sources, but with its own cache. */
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'model-cache-'));
    await mkdir(join(folder, 'node_modules'));
    await mkdir(join(folder, 'src/build'), { recursive: true });
    await symlink(join(root, 'node_modules/@lat.md'), join(folder, 'node_modules/@lat.md'));
    await symlink(import.meta.dirname, join(folder, 'src/build/model'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('rebuilds a damaged file with the same bytes', async () => {
    const built = await cachedModel(folder, options);
    expect(sha256(await readFile(built.file))).toBe(built.sha256);
    await writeFile(built.file, 'half a mod');
    expect(await cachedModel(folder, options)).toEqual(built);
    expect(sha256(await readFile(built.file))).toBe(built.sha256);
  });

  it('builds int8 with the same bytes each time', async () => {
    const int8 = { ...options, precision: 'int8' } as const;
    const first = await cachedModel(folder, int8);
    await rm(join(folder, 'node_modules/.cache'), { recursive: true });
    expect(await cachedModel(folder, int8)).toEqual(first);
  });

  it('reuses a file whose hash is right', async () => {
    const built = await cachedModel(folder, options);
    // Other content with its hash: rebuilding would replace both.
    await writeFile(built.file, 'mark');
    await writeFile(`${built.file}.sha256`, sha256('mark'));
    expect(await cachedModel(folder, options)).toEqual({
      file: built.file,
      sha256: sha256('mark'),
      bytes: 4,
    });
  });

  it('caches models of different options separately', async () => {
    const ours = await cachedModel(folder, options);
    const peer = await cachedModel(folder, { ...options, output: 'last_hidden_state' });
    expect(peer.file).not.toBe(ours.file);
    expect(peer.sha256).not.toBe(ours.sha256);
  });
});
