import { spawnSync } from 'node:child_process';
import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'vite';
import { atlasModel } from '../../src/build/plugins/model-plugin';
import { cacheFolder, root } from './folders';
import { reportProgress } from './output';

const pagesFolder = 'e2e/bench/pages';

/**
 * Builds pages of e2e/bench/pages with the app's code and plugins into a folder that can be served at the root of a host.
 * Resolves to that folder.
 */
export async function builtPages(bench: string, ...pages: string[]): Promise<string> {
  const folder = path.join(cacheFolder, bench);
  reportProgress('Building the bench pages.');
  await buildPages(folder, pages);
  return folder;
}

/** The production build of the app with bench pages beside it, on one origin, so that they share its database. */
export async function builtApp(bench: string, ...pages: string[]): Promise<string> {
  const folder = await builtPages(bench, ...pages);
  reportProgress('Building the app.');
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'],
    {
      cwd: root,
      stdio: ['ignore', 2, 2],
      // Vite warns about a way to load its configuration that Node 20 does not support.
      env: { ...process.env, VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true' },
    },
  );
  if (status !== 0) throw new Error(`vite build ended with ${status ?? 'a signal'}`);
  // A copy, so that a later build does not change the files during a measurement.
  await cp(path.join(root, 'dist'), folder, { recursive: true });
  return folder;
}

async function buildPages(folder: string, pages: readonly string[]): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await build({
    configFile: false,
    root,
    base: '/',
    publicDir: false,
    logLevel: 'error',
    plugins: [atlasModel()],
    worker: { format: 'es', plugins: () => [atlasModel()] },
    build: {
      outDir: folder,
      target: 'es2022',
      // Separate from the app's assets.
      assetsDir: 'bench-assets',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      rollupOptions: { input: pages.map((page) => path.join(root, pagesFolder, `${page}.html`)) },
    },
  });
  // The engine finds its files relative to the page's address, which must be the root, as in the app.
  const written = path.join(folder, pagesFolder);
  for (const page of await readdir(written)) await rename(path.join(written, page), path.join(folder, page));
  await rm(path.join(folder, 'e2e'), { recursive: true });
}

/** Copies files into a built folder, under `to`. */
export async function addFiles(folder: string, to: string, files: readonly string[]): Promise<void> {
  await mkdir(path.join(folder, to), { recursive: true });
  for (const file of files) await cp(file, path.join(folder, to, path.basename(file)));
}
