import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

/** The same engine without the browser's windows: a quarter less work for every test of the page. */
const headlessShell = '/usr/bin/chromium-headless-shell';
const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  headlessShell,
];

/**
 * The Chromium that benches drive: the one that CHROMIUM_PATH or PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH names, else the
 * system's, else Playwright's own.
 */
export function findChromium(): string | null {
  return namedChromium() ?? firstOf([...usualPlaces, chromium.executablePath()]);
}

/** The one that tests drive: where the environment names none, without windows if the system has it so. */
export function findTestChromium(): string | null {
  return namedChromium() ?? firstOf([headlessShell]) ?? findChromium();
}

function namedChromium(): string | null {
  const named = process.env['CHROMIUM_PATH'] ?? process.env['PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH'];
  if (!named) return null;
  if (!existsSync(named)) throw new Error(`expected a Chromium at ${named}, where the environment names it`);
  return named;
}

function firstOf(places: readonly string[]): string | null {
  return places.find((place) => existsSync(place)) ?? null;
}

export const howToGetChromium = `No Chromium was found. Any of these will do:
  - install your system's: apt-get install chromium (Debian), brew install --cask chromium (macOS)
  - let Playwright fetch one: npm exec playwright install chromium
  - name one: CHROMIUM_PATH=/path/to/chromium npm test`;
