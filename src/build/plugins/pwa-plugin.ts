import path from 'node:path';
import type { Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import type { ManifestOptions } from 'vite-plugin-pwa';

const output = 'sw.js';

const manifest: Partial<ManifestOptions> = {
  id: './',
  name: 'Digest Atlas',
  short_name: 'Atlas',
  description: "A map of research papers that is made, stored and read entirely on the reader's own device.",
  lang: 'en',
  dir: 'ltr',
  start_url: './',
  scope: './',
  display: 'standalone',
  background_color: '#FBFAF7',
  theme_color: '#FBFAF7',
  categories: ['education', 'productivity', 'books'],
  icons: [
    { src: 'icons/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
    { src: 'icons/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
    { src: 'icons/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
    { src: 'icons/maskable.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'maskable' },
    { src: 'icons/maskable-192.png', sizes: '192x192', type: 'image/png', purpose: 'maskable' },
    { src: 'icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
};

/**
 * The manifest and the service worker, which precaches all code, styles, icons, Latin fonts and the corpus. The model
 * and its runtime are too big for that; the engine saves them in a cache of their own.
 */
export function offline(outDir: string): Plugin[] {
  return VitePWA({
    strategies: 'injectManifest',
    srcDir: 'src',
    filename: 'service-worker.ts',
    outDir,
    registerType: 'prompt',
    injectRegister: false,
    manifest,
    // The patterns below match everything under public/; listing the icons again would precache them twice.
    includeManifestIcons: false,
    injectManifest: {
      rollupFormat: 'iife',
      sourcemap: false,
      swDest: path.resolve(outDir, output),
      globPatterns: [
        'index.html',
        'assets/*.{js,css}',
        'assets/*-latin-*.woff2',
        'icons/*.{svg,png}',
        'corpus/**/*',
      ],
      // The patterns never match the model and the runtime wasm; a file this large is a mistake that stops the build.
      maximumFileSizeToCacheInBytes: 3_000_000,
    },
    integration: {
      configureCustomSWViteBuild(options) {
        const rolldown = options.build?.rollupOptions;
        if (!rolldown) throw new Error('expected vite-plugin-pwa to set build.rollupOptions');
        rolldown.output = { entryFileNames: output };
      },
    },
  });
}
