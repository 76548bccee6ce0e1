import { defineConfig } from '@playwright/test';
import { findTestChromium, howToGetChromium } from './src/build/chromium';

const executablePath = findTestChromium();
if (!executablePath) throw new Error(howToGetChromium);

// The specs run the production build: `npm test` makes it first, and so must whoever runs them alone.
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  forbidOnly: true,
  retries: 0,
  // The app's own workers use every core; a second browser would only make both slow.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    viewport: { width: 1280, height: 800 },
    // no trace, which costs a tenth of every test: `npm run test:e2e -- --trace on` makes one of what fails
    screenshot: 'only-on-failure',
  },
  projects: [
    {
      name: 'chromium',
      grepInvert: /@webgpu/,
      use: { launchOptions: { executablePath, args: ['--no-sandbox'] } },
    },
    {
      // No machine here has a GPU: SwiftShader computes WebGPU on the processor, slowly but rightly.
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
