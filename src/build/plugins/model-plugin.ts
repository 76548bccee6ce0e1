import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Plugin } from 'vite';
import { assetsModule, atlasAssets, servedFiles, type AtlasAssets } from '../model/atlas-assets';

const publicId = 'virtual:atlas-assets';
const resolvedId = '\0virtual:atlas-assets';

const contentTypes: Record<string, string> = {
  '.json': 'application/json',
  '.onnx': 'application/octet-stream',
  '.wasm': 'application/wasm',
};

/** Shared by the page's and the workers' instances of the plugin, so that each file is built once. */
const assetsByRoot = new Map<string, Promise<AtlasAssets>>();

function sharedAssets(root: string): Promise<AtlasAssets> {
  const cached = assetsByRoot.get(root);
  if (cached) return cached;
  const assets = atlasAssets(root);
  assetsByRoot.set(root, assets);
  assets.catch(() => assetsByRoot.delete(root));
  return assets;
}

/**
 * Provides `virtual:atlas-assets` and the files it names: a build writes them to `model/`, the dev server serves
 * them. Must be in `plugins` and in `worker.plugins`.
 */
export function atlasModel(): Plugin {
  let root = '';
  let base = '/';
  let isWorker = false;
  return {
    name: 'atlas-model',
    enforce: 'pre',

    // Pre-bundling would separate the runtime from the file from which it starts its threads.
    config: () => ({ optimizeDeps: { exclude: ['onnxruntime-web'] } }),

    configResolved(config) {
      ({ root, base, isWorker } = config);
    },

    resolveId: (id) => (id === publicId ? resolvedId : null),

    async load(id) {
      return id === resolvedId ? assetsModule(await sharedAssets(root)) : null;
    },

    transform: {
      filter: { id: /onnxruntime-web\/dist\/ort\.[a-z]+\.bundle\.min\.mjs/ },
      // The app passes the verified bytes to the runtime (`env.wasm.wasmBinary`). With this URL left in place, Vite
      // would write the same wasm a second time.
      handler: (code) => ({
        code: code.replaceAll(/new URL\(("[\w.-]+\.wasm"),import\.meta\.url\)\.href/g, '$1'),
        map: null,
      }),
    },

    async generateBundle() {
      if (isWorker) return;
      for (const { file, path } of servedFiles(await sharedAssets(root))) {
        this.emitFile({ type: 'asset', fileName: path, source: await readFile(file) });
      }
    },

    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = new URL(request.url ?? '/', 'http://localhost').pathname;
        if (!path.startsWith(`${base}model/`)) return next();
        sharedAssets(root).then((assets) => {
          const asset = servedFiles(assets).find((served) => base + served.path === path);
          if (!asset) return next();
          response.setHeader('Content-Type', contentTypes[extname(asset.file)] ?? 'application/octet-stream');
          response.setHeader('Content-Length', asset.bytes);
          createReadStream(asset.file).pipe(response);
        }, next);
      });
    },
  };
}
