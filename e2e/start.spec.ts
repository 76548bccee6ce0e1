import type { AppServer } from './fixtures/app-server';
import { shippedPapers } from './fixtures/corpus';
import { expect, test } from './fixtures/test';
import { stages } from './pages/atlas-page';

const papers = shippedPapers();

test.describe('the first visit', () => {
  test.setTimeout(240_000);

  test('shows the list, then a provisional map, then the map by meaning', async ({ atlas }) => {
    await atlas.open();
    await expect(atlas.list.heading).toHaveText('199 papers');
    await expect(atlas.list.paper(papers[0]?.title ?? '')).toBeVisible();
    await atlas.reaches('map-provisional');
    expect(await atlas.map.inkedPixels()).toBeGreaterThan(199);
    await atlas.reaches('map');
    expect(await atlas.map.inkedPixels()).toBeGreaterThan(199);

    const staged = (await atlas.marks()).filter((mark) => mark !== 'atlas:offline-ready');
    expect(staged).toEqual(stages.map((stage) => `atlas:${stage}`));
  });

  test('lists every paper of the shipped digest', async ({ atlas }) => {
    await atlas.open();
    await atlas.reaches('list');
    for (const { title } of papers.filter((_, index) => index % 20 === 0)) {
      await atlas.search.searchFor(title);
      await expect(atlas.list.paper(title)).toBeVisible();
    }
  });
});

test('the second visit shows the map at once, without computing it again', async ({ atlas, server }) => {
  server.shipFew(24);
  await atlas.open();
  await atlas.reaches('map');
  await atlas.page.reload();
  await atlas.reaches('map');
  expect(await atlas.marks()).not.toContain('atlas:map-provisional');
  await expect(atlas.list.heading).toHaveText('24 papers');
});

test('what is typed while the papers are still loading stays, and finds them', async ({ atlas, server }) => {
  server.shipFew(6);
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await atlas.page.route('**/corpus/few.json', async (route) => {
    await released;
    await route.continue();
  });
  await atlas.open();
  await atlas.search.searchFor('eigenvector');
  release();
  await expect(atlas.list.heading).toHaveText('1 of 6 papers');
  await expect(atlas.search.box).toHaveValue('eigenvector');
  await expect(atlas.page).toHaveURL(/#.*eigenvector/);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a sentence says what is missing', async ({ atlas }) => {
    await atlas.open();
    const sentence = atlas.page.locator('noscript');
    await expect(sentence).toBeVisible();
    expect(await sentence.innerText()).toMatch(/needs JavaScript/);
  });
});

test.describe('a corpus that cannot be loaded', () => {
  const digest = 'trending-papers.txt';
  const faults: { fault: string; names: RegExp; log: RegExp[]; cause: (server: AppServer) => void }[] = [
    {
      fault: 'its index is missing',
      names: /index\.json/,
      log: [/status of 404/],
      cause: (server) => server.remove('corpus/index.json'),
    },
    {
      fault: 'its index is a page',
      names: /index\.json/,
      log: [],
      cause: (server) => server.answerWithPage('corpus/index.json'),
    },
    {
      fault: 'its file is missing',
      names: /trending-papers\.txt/,
      log: [/status of 404/],
      cause: (server) => server.remove(`corpus/${digest}`),
    },
    {
      fault: 'its file is a page',
      names: /trending-papers\.txt/,
      log: [],
      cause: (server) => server.answerWithPage(`corpus/${digest}`),
    },
    {
      fault: 'its file is another',
      names: /trending-papers\.txt/,
      log: [],
      cause: (server) => server.replace(`corpus/${digest}`, { body: 'A title\nAn abstract\n' }),
    },
  ];

  for (const { fault, names, log, cause } of faults) {
    test(`because ${fault}: the app starts empty and says which`, async ({ atlas, server, watch }) => {
      cause(server);
      watch.expects(...log);
      await atlas.open();
      await expect(atlas.page.getByText(names).first()).toBeVisible();
      await expect(atlas.list.heading).toHaveText('0 papers');
      await expect(atlas.list.rows).toHaveCount(0);
    });
  }
});
