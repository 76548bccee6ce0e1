import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { atlasCorpus } from './src/build/plugins/corpus-plugin';
import { atlasModel } from './src/build/plugins/model-plugin';
import { contentSecurityPolicy } from './src/build/plugins/policy-plugin';
import { offline } from './src/build/plugins/pwa-plugin';

const outDir = 'dist';
// Loading the model's weights takes some seconds; a warning about it at every build helps nobody.
const checks = { pluginTimings: false };

export default defineConfig({
  // Relative, so that the same build serves from any path of any static host.
  base: './',
  plugins: [svelte(), atlasModel(), atlasCorpus(), contentSecurityPolicy(), offline(outDir)],
  worker: {
    // onnxruntime-web must be a separate chunk of the worker, which the iife format does not allow.
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
    // An inlined asset is a data: URL, which font-src and worker-src do not allow.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { checks },
  },
});
