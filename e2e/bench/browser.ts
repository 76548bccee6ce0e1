import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright';
import { findChromium, howToGetChromium } from '../../src/build/chromium';
import { UsageError } from './options';
import { reportProgress } from './output';

/** Runs `task` in a browser with a temporary profile. */
export async function withBrowser<T>(
  task: (browser: BrowserContext) => Promise<T>,
  switches: readonly string[] = [],
): Promise<T> {
  const executablePath = findChromium();
  if (executablePath === null) throw new UsageError(howToGetChromium);
  const profile = await mkdtemp(path.join(tmpdir(), 'digest-atlas-bench-'));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: ['--no-sandbox', ...switches],
    viewport: { width: 1280, height: 800 },
  });
  try {
    return await task(browser);
  } finally {
    // A crashed browser cannot be closed; the task's own error is the better message.
    await browser.close().catch(() => undefined);
    await rm(profile, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Opens a page whose errors are printed on standard error. */
export async function openPage(browser: BrowserContext, url: string): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(0);
  page.on('pageerror', (error) => reportProgress(`page: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') reportProgress(`page: ${message.text()}`);
  });
  await page.goto(url);
  return page;
}
