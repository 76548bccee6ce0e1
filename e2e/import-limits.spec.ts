import { digestOf, shippedPapers } from './fixtures/corpus';
import { givenFile as given } from './fixtures/given-file';
import { expect, test } from './fixtures/test';

const good = given('good.json', digestOf(shippedPapers().slice(3, 5)));

test.describe('a file that makes a parser loop', () => {
  test('is stopped and named, and the next one is read', async ({ atlas, context, server }) => {
    test.setTimeout(90_000);
    server.shipFew(3);
    // simulates an unknown fault of a parser: the worker loops forever at a file of this name
    await context.route(/import\.worker.*\.js/, async (route) => {
      const response = await route.fetch();
      const trap = `self.addEventListener('message', ({ data }) => {
        if (data.input?.name !== 'endless.txt') return;
        self.postMessage({ kind: 'progress', id: data.id, progress: { kind: 'begun' } });
        for (;;);
      });\n`;
      await route.fulfill({ response, body: trap + (await response.text()) });
    });
    await atlas.open();
    await atlas.reaches('list');
    await atlas.addFiles(given('endless.txt', 'x'), good);
    await expect(atlas.importReport.file('endless.txt')).toContainText(/stopped after 5 seconds/, {
      timeout: 30_000,
    });
    await expect(atlas.importReport.file('good.json')).toContainText('2 new');
    await expect(atlas.list.heading).toHaveText('5 papers');
  });
});

test.describe('very many files', () => {
  test('ten thousand at once show their progress and can be stopped; the page responds meanwhile', async ({
    atlas,
    server,
  }) => {
    test.setTimeout(120_000);
    server.shipFew(3);
    await atlas.open();
    await atlas.reaches('list');
    await atlas.page.evaluate(() => {
      const transfer = new DataTransfer();
      for (let at = 0; at < 10_000; at++) {
        transfer.items.add(new File([`[{"title":"Note ${at}","abstract":"Reeds ${at}."}]`], `${at}.json`));
      }
      document.body.dispatchEvent(
        new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }),
      );
    });
    await expect(atlas.progress.status).toContainText('Reading 10000 files', { timeout: 60_000 });
    await expect(atlas.importReport.region).toContainText(/[1-9]\d* of 10,000 files read/);
    await atlas.search.searchFor('note');
    await expect(atlas.list.heading).toHaveText(/^[\d,]+ of [\d,]+ papers$/);
    await atlas.importReport.region.getByRole('button', { name: 'Stop all' }).click();
    await expect(atlas.importReport.region).toContainText(/[\d,]+ of 10,000 files read, [\d,]+ stopped; /, {
      timeout: 30_000,
    });
    await expect(atlas.importReport.region.getByRole('button', { name: 'Stop all' })).toHaveCount(0);
    await expect(atlas.importReport.region).toContainText('Stopped before it was added.');
  });
});

test('a file of more than 100 MB is refused unread, and the message names the limit', async ({
  atlas,
  server,
}) => {
  server.shipFew(3);
  await atlas.open();
  await atlas.reaches('list');
  const reading = await atlas.page.evaluateHandle(() => {
    const state = { isRead: false };
    const large = new File(['x'], 'large.json');
    Object.defineProperty(large, 'size', { value: 100_000_001 });
    large.arrayBuffer = () => {
      state.isRead = true;
      return Promise.resolve(new ArrayBuffer(1));
    };
    const transfer = { types: ['Files'], items: [], files: [large] };
    const drop = new DragEvent('drop', { bubbles: true, cancelable: true });
    Object.defineProperty(drop, 'dataTransfer', { value: transfer });
    document.body.dispatchEvent(drop);
    return state;
  });
  await expect(atlas.importReport.file('large.json')).toContainText('more than the 100 MB');
  expect(await reading.jsonValue()).toEqual({ isRead: false });
});
