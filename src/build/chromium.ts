import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

/** The same engine without the browser's windows, with which every browser test takes a quarter less work. */
const headlessShell = '/usr/bin/chromium-headless-shell';
const usualPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  headlessShell,
];

/**
 * The Chromium for benches: the one that CHROMIUM_PATH or PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH names, else the
 * system's, else Playwright's own.
 */
export function findChromium(): string | null {
  return namedChromium() ?? firstExisting([...usualPaths, chromium.executablePath()]);
}

/** The Chromium for tests: unless the environment names one, the headless shell is preferred. */
export function findTestChromium(): string | null {
  return namedChromium() ?? firstExisting([headlessShell]) ?? findChromium();
}

function namedChromium(): string | null {
  const named = process.env['CHROMIUM_PATH'] ?? process.env['PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH'];
  if (!named) return null;
  if (!existsSync(named)) throw new Error(`expected a Chromium at ${named}, as the environment says`);
  return named;
}

function firstExisting(paths: readonly string[]): string | null {
  return paths.find((candidate) => existsSync(candidate)) ?? null;
}

export const howToGetChromium = `No Chromium was found. Do one of these:
  - install your system's: apt-get install chromium (Debian), brew install --cask chromium (macOS)
  - let Playwright fetch one: npm exec playwright install chromium
  - name one: CHROMIUM_PATH=/path/to/chromium npm test`;
