import { expect, test } from './fixtures/test';
import { addDroppedPaper, droppedPaper, walk } from './walk';

const count = 14;

test.setTimeout(180_000);

test('with the server stopped, a reload shows the map, and search and reader work', async ({
  atlas,
  server,
}) => {
  const papers = server.shipFew(count);
  await atlas.open();
  await atlas.reaches('map');
  await atlas.isReadyOffline();

  await server.stop();
  await atlas.page.reload();
  await atlas.reaches('map');
  expect(await atlas.marks()).not.toContain('atlas:map-provisional');
  await walk(atlas, papers);
});

test('with the server stopped, features that were never used before work too: a new file is placed by meaning', async ({
  atlas,
  server,
}) => {
  server.shipFew(count);
  await atlas.open();
  await atlas.reaches('map');
  await atlas.isReadyOffline();

  await server.stop();
  await atlas.page.reload();
  await atlas.reaches('map');
  await addDroppedPaper(atlas);
  await atlas.list.openPaper(droppedPaper.title);
  // Its nearest papers can be found only with the model.
  await expect(atlas.reader.nearest).toHaveCount(10, { timeout: 60_000 });
});

test('a shared address opens its paper with the server stopped', async ({ atlas, server }) => {
  const [paper] = server.shipFew(count);
  await atlas.open();
  await atlas.reaches('map');
  await atlas.isReadyOffline();
  await atlas.list.openPaper(paper?.title ?? '');
  await expect(atlas.page).toHaveURL(/#.*paper=/);
  const address = new URL(atlas.page.url());

  await server.stop();
  await atlas.page.goto('about:blank');
  await atlas.open(address.hash);
  await expect(atlas.reader.title).toHaveText(paper?.title ?? '');
});

test('an unknown address in the scope leads to the app, online and offline', async ({ atlas, server }) => {
  server.shipFew(count);
  await atlas.open();
  await atlas.reaches('list');
  await atlas.isInControl();
  await atlas.page.goto('./no/such/page');
  await expect(atlas.page).toHaveURL(server.url);

  await server.stop();
  await atlas.page.goto('./no/such/page');
  await expect(atlas.page).toHaveURL(server.url);
  await expect(atlas.list.heading).toHaveText(`${count} papers`);
});

test('when the server stops during the first visit, the page continues to work', async ({
  atlas,
  server,
}) => {
  const papers = server.shipFew(count);
  await atlas.open();
  await atlas.reaches('map');
  await server.stop();
  await walk(atlas, papers);
});

test('when the service worker cannot be installed, the app still works', async ({ atlas, server, watch }) => {
  const papers = server.shipFew(count);
  watch.expects(/uncaught in a worker: bad-precaching-response/);
  // Only the service worker requests this file.
  server.remove('icons/icon-512.png');
  await atlas.open();
  await atlas.reaches('map');
  await expect.poll(() => server.wasRequested('icons/icon-512.png')).toBe(true);
  await walk(atlas, papers);
  expect(await atlas.page.evaluate(() => navigator.serviceWorker.controller === null)).toBe(true);
});
