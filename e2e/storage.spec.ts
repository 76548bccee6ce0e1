import type { Page } from '@playwright/test';
import { digestOf } from './fixtures/corpus';
import { expect, test } from './fixtures/test';
import type { AtlasPage } from './pages/atlas-page';

test.setTimeout(120_000);

const own = [
  { title: 'On reeds', abstract: 'Reeds grow in shallow water.' },
  { title: 'On rushes', abstract: 'Rushes grow beside them.' },
];

async function addOwn(atlas: AtlasPage): Promise<void> {
  await atlas.addFiles({
    name: 'own.json',
    mimeType: 'application/json',
    buffer: Buffer.from(digestOf(own)),
  });
  await expect(atlas.list.paper('On reeds')).toBeVisible();
}

/** Stars the paper and writes a note about it. */
async function annotate(atlas: AtlasPage, note: string): Promise<void> {
  await atlas.list.openPaper('On reeds');
  await atlas.reader.star.click();
  await atlas.reader.note.fill(note);
  await expect(atlas.reader.pane.getByText('Saved', { exact: true })).toBeVisible();
}

/** What *Clear site data* does: database, localStorage, caches and service worker. */
async function clearSiteData(page: Page, url: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin: new URL(url).origin, storageTypes: 'all' });
  await session.detach();
}

test('site data cleared under an open page are written back, and imports and notes go on', async ({
  atlas,
  server,
}) => {
  server.shipFew(6);
  await atlas.open();
  await atlas.reaches('list');
  await atlas.isInControl();
  await addOwn(atlas);
  await annotate(atlas, 'They bend.');
  await clearSiteData(atlas.page, server.url);
  await expect(
    atlas.notices.about(/What the page held was saved again: 8 papers, 1 note and 1 star/),
  ).toBeVisible();

  await atlas.reader.note.fill('They bend, and grow.');
  await expect(atlas.reader.pane.getByText('Saved', { exact: true })).toBeVisible();
  await atlas.addFiles({
    name: 'more.json',
    mimeType: 'application/json',
    buffer: Buffer.from(digestOf([{ title: 'On sedges', abstract: 'Sedges have edges.' }])),
  });
  await expect(atlas.list.heading).toHaveText('9 papers');
  await atlas.isReadyOffline();
  await atlas.page.reload();
  await atlas.reaches('list');
  await expect(atlas.list.heading).toHaveText('9 papers');
  await expect(atlas.reader.note).toHaveValue('They bend, and grow.');
  await expect(atlas.notices.about(/Not all of it is here/)).toHaveCount(0);
});

test('a library that the browser has dropped is missed at the next start, until the reader goes on without it', async ({
  atlas,
  server,
}) => {
  server.shipFew(6);
  server.holdModel();
  await atlas.open();
  await atlas.reaches('list');
  await addOwn(atlas);
  await annotate(atlas, 'They bend.');
  // the page closes its connection when it is asked to
  await atlas.page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase('digest-atlas');
        request.onsuccess = resolve;
        request.onerror = () => reject(new Error('the database cannot be deleted'));
      }),
  );
  await atlas.page.goto('about:blank');
  await atlas.open();
  const missing = atlas.notices.about(
    /this browser held 8 papers, 1 note and 1 star\. Not all of it is here/,
  );
  await expect(missing).toBeVisible();
  await atlas.reaches('list');
  await atlas.page.reload();
  await expect(missing).toBeVisible();
  await atlas.notices.act('Go on without');
  await atlas.page.reload();
  await atlas.reaches('list');
  await expect(atlas.list.heading).toHaveText('6 papers');
  await expect(missing).toHaveCount(0);
});

test.describe('on a full disk', () => {
  /** Chromium measures the space that is left at most this often, and writes go on until then. */
  const measuredEveryMs = 31_000;

  /** Returns what sets another limit; undefined lifts it. A limit holds as long as its session. */
  async function diskLimit(page: Page, url: string): Promise<(quotaSize?: number) => Promise<void>> {
    const session = await page.context().newCDPSession(page);
    const { origin } = new URL(url);
    return async (quotaSize) => {
      const limit = quotaSize === undefined ? {} : { quotaSize };
      await session.send('Storage.overrideQuotaForOrigin', { origin, ...limit });
      await page.waitForTimeout(measuredEveryMs);
    };
  }

  test('the downloaded model makes room for a note, and what does not fit at all is not called saved @long', async ({
    atlas,
    server,
  }) => {
    test.setTimeout(300_000);
    server.shipFew(6);
    await atlas.open();
    await atlas.isReadyOffline();
    await addOwn(atlas);
    await atlas.reaches('map');
    const limit = await diskLimit(atlas.page, server.url);
    // far less than the model, and more than everything else
    await limit(20_000_000);
    await annotate(atlas, 'They bend.');
    await expect(atlas.page.getByText('Not yet ready offline')).toBeVisible();
    const downloads = await atlas.page.evaluate(async () =>
      (await (await caches.open('atlas-assets-v1')).keys()).map(({ url }) => url),
    );
    expect(downloads).toEqual([]);

    await limit(1);
    await atlas.reader.note.fill('They bend, and grow.');
    await expect(atlas.reader.pane.getByText('Not saved.', { exact: true })).toBeVisible();
    await limit();
    await atlas.reader.pane.getByRole('button', { name: 'Try again' }).click();
    await expect(atlas.reader.pane.getByText('Saved', { exact: true })).toBeVisible();
    await atlas.page.reload();
    await atlas.reaches('list');
    await expect(atlas.reader.note).toHaveValue('They bend, and grow.');
  });

  test('a note that cannot be saved stays, says so, and can be tried again and copied', async ({
    atlas,
    server,
    context,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    server.shipFew(6);
    server.holdModel();
    await atlas.page.addInitScript(() => {
      const { put } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...values) {
        const isFull = document.documentElement.dataset['disk'] === 'full' && this.name === 'annotations';
        if (isFull) throw new DOMException('The disk is full', 'QuotaExceededError');
        return put.apply(this, values);
      };
    });
    await atlas.open();
    await atlas.reaches('list');
    await addOwn(atlas);
    await atlas.list.openPaper('On reeds');
    await atlas.page.evaluate(() => (document.documentElement.dataset['disk'] = 'full'));
    await atlas.reader.note.fill('They bend.');
    const failed = atlas.reader.pane.getByText('Not saved.', { exact: true });
    await expect(failed).toBeVisible();
    await atlas.reader.pane.getByRole('button', { name: 'Copy', exact: true }).click();
    await expect(atlas.reader.pane.getByRole('button', { name: 'Copied' })).toBeVisible();
    expect(await atlas.page.evaluate(() => navigator.clipboard.readText())).toBe('They bend.');

    const asked = atlas.page.waitForEvent('dialog');
    const leaving = atlas.page.evaluate(() => location.reload());
    const question = await asked;
    expect(question.type()).toBe('beforeunload');
    await question.dismiss();
    await leaving;
    await expect(atlas.reader.note).toHaveValue('They bend.');

    await atlas.page.evaluate(() => delete document.documentElement.dataset['disk']);
    await atlas.reader.pane.getByRole('button', { name: 'Try again' }).click();
    await expect(atlas.reader.pane.getByText('Saved', { exact: true })).toBeVisible();
    await expect(failed).toHaveCount(0);
    await expect(atlas.notices.about(/could not be saved/)).toHaveCount(0);
  });
});

test('emptied caches are filled again at the next start, and until then the app does not claim to be ready offline', async ({
  atlas,
  server,
}) => {
  server.shipFew(6);
  await atlas.open();
  await atlas.isReadyOffline();
  await atlas.page.evaluate(async () => {
    for (const name of await caches.keys()) await caches.delete(name);
  });
  server.remove('icons/icon-512.png');
  await atlas.page.reload();
  await atlas.reaches('map');
  await expect(atlas.page.getByText('Not yet ready offline')).toBeVisible();
  await server.reset();
  server.shipFew(6);
  await atlas.page.reload();
  await expect(atlas.page.getByText('Ready offline', { exact: true })).toBeVisible({ timeout: 60_000 });
  await server.stop();
  await atlas.page.reload();
  await atlas.reaches('map');
});

test('a reload says that the app is ready offline while papers are still to be read', async ({
  atlas,
  server,
}) => {
  server.shipFew(6);
  await atlas.open();
  await atlas.isReadyOffline();
  await atlas.page.reload();
  const seen = await atlas.page.evaluate(async () => {
    const texts = new Set<string>();
    const until = performance.now() + 3_000;
    while (performance.now() < until) {
      texts.add(document.querySelector('.offline')?.textContent?.trim() ?? '');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return [...texts].filter((text) => text !== '');
  });
  expect(seen).toEqual(['Ready offline']);
});

test('a database of a newer version is explained as that, and left as it is', async ({ atlas, server }) => {
  server.shipFew(6);
  server.holdModel();
  await atlas.page.goto('./icons/icon-192.png');
  await atlas.page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open('digest-atlas', 99);
        request.onsuccess = () => {
          request.result.close();
          resolve();
        };
        request.onerror = () => reject(new Error('the database cannot be made'));
      }),
  );
  await atlas.open();
  await expect(atlas.notices.about(/saved by a newer version of this app/)).toBeVisible();
  await expect(atlas.list.heading).toHaveText('6 papers');
  await atlas.list.row(1).getByRole('button').click();
  await atlas.reader.note.fill('Not for long.');
  await expect(atlas.reader.pane.getByText('Saved until this page is closed')).toBeVisible();
});
