import { expect, test } from './fixtures/test';
import { walk } from './walk';

test.use({ base: '/reading/group/' });
test.setTimeout(180_000);

test('under a sub-path the app, its worker and its manifest stay within that path', async ({
  atlas,
  server,
  page,
}) => {
  const papers = server.shipFew(24);
  const strays: string[] = [];
  page.context().on('request', (request) => {
    if (!new URL(request.url()).pathname.startsWith('/reading/group/')) strays.push(request.url());
  });
  await atlas.open();
  await atlas.reaches('map');
  await atlas.isReadyOffline();
  const scope = await page.evaluate(async () => (await navigator.serviceWorker.ready).scope);
  expect(scope).toBe(server.url);

  await server.stop();
  await page.reload();
  await atlas.reaches('map');
  await walk(atlas, papers);
  expect(strays).toEqual([]);
});
