import type { Page } from '@playwright/test';
import { chunkOf } from './fixtures/next-build';
import { expect, test } from './fixtures/test';
import { AtlasPage } from './pages/atlas-page';

test.setTimeout(120_000);

/** Asks the browser to look for a new version, as it does by itself once a day and with every visit. */
function lookForUpdate(page: Page): Promise<void> {
  return page.evaluate(async () => {
    await (await navigator.serviceWorker.ready).update();
  });
}

const isNext = (page: Page) => expect(page.locator('html')).toHaveAttribute('data-build', 'next');

test.describe('a new version', () => {
  test('that one tab accepts does not cripple another, where a note is being written', async ({
    atlas,
    server,
    context,
  }) => {
    const [paper] = server.shipFew(6);
    server.holdModel();
    await atlas.open();
    await atlas.reaches('list');
    await atlas.isInControl();
    const other = new AtlasPage(await context.newPage());
    await other.page.goto(server.url);
    await other.reaches('list');
    await other.list.openPaper(paper?.title ?? '');
    await other.reader.note.fill('Half a');

    server.deployNext();
    await lookForUpdate(atlas.page);
    await atlas.page.getByRole('button', { name: 'A new version is ready: reload' }).click();
    await isNext(atlas.page);
    await atlas.reaches('list');

    // the code that the other tab has not loaded yet is gone from the host
    await other.reader.note.fill('Half a thought');
    await other.settings.open();
    await expect(other.settings.dialog).toBeVisible();
    await other.settings.close();
    await expect(other.page.locator('html')).not.toHaveAttribute('data-build');
    await other.page.getByRole('button', { name: 'This tab runs an older version: reload' }).click();
    await isNext(other.page);
    await expect(other.reader.note).toHaveValue('Half a thought');

    // and once no page needs it, it is deleted
    await other.isInControl();
    await other.page.reload();
    await expect
      .poll(() => other.page.evaluate(async () => (await caches.keys()).join('\n')))
      .not.toContain('atlas-earlier-code');
  });

  test('reloads a tab that is not seen, and its note is saved', async ({ atlas, server, context }) => {
    const [paper] = server.shipFew(6);
    server.holdModel();
    await atlas.open();
    await atlas.reaches('list');
    await atlas.isInControl();
    const other = new AtlasPage(await context.newPage());
    await other.page.goto(server.url);
    await other.reaches('list');
    await other.list.openPaper(paper?.title ?? '');
    await other.reader.note.fill('Typed and not yet saved');
    await other.page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
    });

    server.deployNext();
    await lookForUpdate(atlas.page);
    await atlas.page.getByRole('button', { name: 'A new version is ready: reload' }).click();
    await isNext(other.page);
    await expect(other.reader.note).toHaveValue('Typed and not yet saved');
  });
});

test.describe('code that cannot be loaded', () => {
  test.use({ serviceWorkers: 'block' });

  test('of a dialog leaves a line to try again, and the keys go on working', async ({
    atlas,
    server,
    watch,
  }) => {
    server.shipFew(6);
    server.holdModel();
    server.remove(chunkOf('SettingsDialog'));
    watch.expects(/status of 404/);
    await atlas.open();
    await atlas.reaches('list');
    await atlas.settings.open();
    await expect(atlas.notices.about(/The settings could not be loaded/)).toBeVisible();
    await atlas.page.keyboard.press('?');
    await expect(atlas.help.dialog).toBeVisible();
    await atlas.page.keyboard.press('Escape');
    server.restore(chunkOf('SettingsDialog'));
    await atlas.notices.act('Try again');
    await expect(atlas.settings.dialog).toBeVisible();
    await expect(atlas.notices.about(/could not be loaded/)).toHaveCount(0);
  });

  test('of formulas leaves them as they are written, to try again', async ({ atlas, server, watch }) => {
    server.shipFew(3);
    server.holdModel();
    await atlas.open();
    await atlas.reaches('list');
    server.remove(chunkOf('temml'));
    watch.expects(/status of 404/);
    await atlas.addFiles({
      name: 'formula.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify([{ title: 'On reeds', abstract: 'Reeds of height $x_1^2$ grow.' }])),
    });
    await atlas.list.openPaper('On reeds');
    await expect(atlas.notices.about(/Formulas are shown as they are written/)).toBeVisible();
    await expect(atlas.reader.pane).toContainText('$x_1^2$');
    server.restore(chunkOf('temml'));
    await atlas.notices.act('Try again');
    await expect(atlas.reader.pane.locator('math')).toHaveCount(1);
  });
});
