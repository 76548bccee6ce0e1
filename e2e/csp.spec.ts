import type { Worker } from '@playwright/test';
import { AppServer } from './fixtures/app-server';
import { accessibilityFaults } from './fixtures/axe';
import { expect, test } from './fixtures/test';
import type { Watch } from './fixtures/watch';
import { addDroppedPaper, walk } from './walk';

/** Without the policy the request would succeed with an opaque response. */
async function isKeptToItsOrigin(worker: Worker, watch: Watch): Promise<void> {
  const elsewhere = new AppServer();
  await elsewhere.start();
  try {
    watch.expects(/^console: .*Content Security Policy: connect-src/);
    const refusal = await worker.evaluate(
      (url) => fetch(url, { mode: 'no-cors' }).then(() => null, String),
      elsewhere.url,
    );
    expect(refusal).toMatch(/TypeError/);
    await expect.poll(() => watch.missing).toEqual([]);
  } finally {
    await elsewhere.stop();
  }
}

test.describe('the watch over every test', () => {
  test('catches an image from another origin', async ({ atlas, watch }) => {
    watch.expects(/^violation: img-src/, /^console: .*Content Security Policy/i, /^off the origin: /);
    await atlas.open();
    await atlas.page.evaluate(() => {
      document.body.append(Object.assign(new Image(), { src: 'http://localhost:1/x.png' }));
    });
    await expect.poll(() => watch.missing).toEqual([]);
  });

  test('catches text that would become markup, and the text is not inserted', async ({ atlas, watch }) => {
    watch.expects(/^violation: require-trusted-types-for/, /^console: .*TrustedHTML/);
    await atlas.open();
    const refusal = await atlas.page.evaluate(() => {
      try {
        document.createElement('p').innerHTML = '<b>bold</b>';
        return null;
      } catch (error) {
        return String(error);
      }
    });
    expect(refusal).toMatch(/TrustedHTML/);
    await expect.poll(() => watch.missing).toEqual([]);
  });

  test('catches a script from another origin', async ({ atlas, watch }) => {
    watch.expects(/^violation: script-src/, /^console: .*Content Security Policy/i, /^off the origin: /);
    await atlas.open();
    await atlas.page.evaluate(() => import('http://localhost:1/x.js' as string).catch(() => null));
    await expect.poll(() => watch.missing).toEqual([]);
  });

  test('catches errors of page and worker that nobody handles', async ({ atlas, watch }) => {
    watch.expects(/^uncaught: on the page/, /^uncaught: promised/, /uncaught in a worker: .*thrown there/);
    const starts = atlas.page.waitForEvent('worker');
    await atlas.open();
    await atlas.page.evaluate(() => {
      setTimeout(() => {
        throw new Error('on the page');
      });
      void Promise.reject(new Error('promised'));
    });
    const worker = await starts;
    await worker.evaluate(() => {
      setTimeout(() => {
        throw new Error('thrown there');
      });
    });
    await expect.poll(() => watch.missing).toEqual([]);
  });

  test('catches a request of a worker to another origin', async ({ atlas, watch }) => {
    const elsewhere = new AppServer();
    await elsewhere.start();
    try {
      const starts = atlas.page.waitForEvent('worker');
      await atlas.open();
      const worker = await starts;
      watch.expects(/^off the origin: /);
      await worker.evaluate((url) => fetch(url).catch(() => null), elsewhere.url);
      await expect.poll(() => watch.missing).toEqual([]);
    } finally {
      await elsewhere.stop();
    }
  });
});

test('once the service worker responds, the policy applies to workers too', async ({
  atlas,
  server,
  watch,
}) => {
  server.shipFew(12);
  await atlas.open();
  await atlas.reaches('list');
  await atlas.isInControl();
  const starts = atlas.page.waitForEvent('worker');
  const page = await atlas.page.reload();
  expect(page?.headers()['content-security-policy']).toContain("script-src 'self';");
  const worker = await starts;
  await isKeptToItsOrigin(worker, watch);
});

test('workers that started before the service worker did are replaced by ones with the policy', async ({
  atlas,
  server,
  watch,
}) => {
  server.shipFew(6);
  await atlas.open();
  await atlas.reaches('map');
  await atlas.isInControl();
  const starts = atlas.page.waitForEvent('worker');
  await atlas.search.box.fill('language');
  await isKeptToItsOrigin(await starts, watch);
  await expect(atlas.list.heading).toHaveText(/ of 6 papers/);
});

test('an ordinary day breaks no rule', async ({ atlas, server }) => {
  test.setTimeout(180_000);
  const papers = server.shipFew(24);
  await atlas.open();
  await atlas.reaches('map');
  await walk(atlas, papers);
  expect(await accessibilityFaults(atlas.page)).toEqual([]);
  await addDroppedPaper(atlas);
  await atlas.settings.open();
  await expect(atlas.settings.dialog).toBeVisible();
  expect(await accessibilityFaults(atlas.page)).toEqual([]);
});
