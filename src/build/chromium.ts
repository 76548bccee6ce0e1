import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * The Chromium that tests and benches drive: the one that CHROMIUM_PATH or PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH names,
 * else the system's, else Playwright's own.
 */
export function findChromium(): string | null {
  const named = process.env['CHROMIUM_PATH'] ?? process.env['PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH'];
  if (named) {
    if (!existsSync(named))
      throw new Error(`expected a Chromium at ${named}, where the environment names it`);
    return named;
  }
  return [...usualPlaces, chromium.executablePath()].find((place) => existsSync(place)) ?? null;
}

export const howToGetChromium = `No Chromium was found. Any of these will do:
  - install your system's: apt-get install chromium (Debian), brew install --cask chromium (macOS)
  - let Playwright fetch one: npm exec playwright install chromium
  - name one: CHROMIUM_PATH=/path/to/chromium npm test`;
