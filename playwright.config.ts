import { defineConfig } from '@playwright/test';
import { findTestChromium, howToGetChromium } from './src/build/chromium';

const executablePath = findTestChromium();
if (!executablePath) throw new Error(howToGetChromium);

// The specs run on the production build. `npm test` makes it first; before `npm run test:e2e`, run `npm run build`.
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  forbidOnly: true,
  retries: 0,
  // The app's own workers use every core; with a second browser both would only be slower.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    viewport: { width: 1280, height: 800 },
    // no trace, which makes every test a tenth slower: `npm run test:e2e -- --trace on` records one
    screenshot: 'only-on-failure',
  },
  projects: [
    {
      name: 'chromium',
      grepInvert: /@webgpu|@long/,
      use: { launchOptions: { executablePath, args: ['--no-sandbox'] } },
    },
    {
      // `npm run test:long`; `npm test` and `npm run test:e2e` name the other projects.
      name: 'long',
      grep: /@long/,
      timeout: 30 * 60_000,
      use: { launchOptions: { executablePath, args: ['--no-sandbox'] } },
    },
    {
      // Test machines have no GPU: SwiftShader runs WebGPU on the CPU, slowly but correctly.
      name: 'webgpu',
      grep: /@webgpu/,
      use: {
        launchOptions: {
          executablePath,
          args: ['--no-sandbox', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'],
        },
      },
    },
  ],
});
