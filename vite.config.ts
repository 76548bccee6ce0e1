import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { atlasCorpus } from './src/build/plugins/corpus-plugin';
import { atlasModel } from './src/build/plugins/model-plugin';
import { contentSecurityPolicy } from './src/build/plugins/policy-plugin';
import { offline } from './src/build/plugins/pwa-plugin';

const outDir = 'dist';
// Reading the model's weights takes its seconds, and saying so at every build tells nothing.
const checks = { pluginTimings: false };

export default defineConfig({
  // Relative, so that the same build serves from any path of any static host.
  base: './',
  plugins: [svelte(), atlasModel(), atlasCorpus(), contentSecurityPolicy(), offline(outDir)],
  worker: {
    // onnxruntime-web must be a chunk of its own inside the worker, which the iife format cannot give.
    format: 'es',
    plugins: () => [atlasModel()],
    rolldownOptions: { checks },
  },
  build: {
    outDir,
    target: 'es2022',
    sourcemap: false,
    // Zipping 100 MB of model only to print its size costs more than the build.
    reportCompressedSize: false,
    // An inlined asset is a data: URL, which font-src and worker-src refuse.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { checks },
  },
});
