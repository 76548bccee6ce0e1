import type { Locator } from '@playwright/test';
import { shippedPapers } from './fixtures/corpus';
import { expect, testOfFew as test } from './fixtures/kept-library';
import { test as fresh } from './fixtures/test';
import { AtlasPage } from './pages/atlas-page';

test.setTimeout(180_000);

const count = 24;
const titles = shippedPapers()
  .slice(0, count)
  .map(({ title }) => title);
const oneTitle = titles[5] ?? '';
const nothingKept = { cookies: [], origins: [] };
/** Finds this one paper, whatever is near to it by meaning. */
const oneHit = `"${oneTitle}"`;

interface View {
  x: number;
  y: number;
  scale: number;
}

/** Where the map looks, as the address says it; null while it says nothing. */
function viewOf({ page }: AtlasPage): View | null {
  const at = new URLSearchParams(new URL(page.url()).hash.slice(1)).get('at');
  if (at === null) return null;
  const [x = NaN, y = NaN, scale = NaN] = at.split(',').map(Number);
  return { x, y, scale };
}

const scaleOf = (atlas: AtlasPage) => viewOf(atlas)?.scale ?? 0;

/** Once the address has stood still for a while: it is written only when the map is. */
async function restingView(atlas: AtlasPage): Promise<View> {
  let before: View | null = null;
  await expect
    .poll(
      () => {
        const now = viewOf(atlas);
        const stands = now !== null && JSON.stringify(now) === JSON.stringify(before);
        before = now;
        return stands;
      },
      { intervals: [700] },
    )
    .toBe(true);
  return before ?? { x: NaN, y: NaN, scale: NaN };
}

async function middleOf(element: Locator): Promise<{ x: number; y: number }> {
  const box = await element.boundingBox();
  if (!box) throw new Error('expected the map to be on the page');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test('wheel, drag and buttons move the map, and the address tells where', async ({ atlas }) => {
  await atlas.open();
  await atlas.reaches('map');
  const { mouse } = atlas.page;
  const { x, y } = await middleOf(atlas.map.surface);
  await mouse.move(x, y);
  await mouse.wheel(0, -400);
  await expect.poll(() => scaleOf(atlas)).toBeGreaterThan(1.2);
  const wheeled = await restingView(atlas);

  await mouse.down();
  await mouse.move(x - 120, y - 40, { steps: 4 });
  await mouse.up();
  await expect.poll(() => viewOf(atlas)?.x).toBeGreaterThan(wheeled.x);
  const dragged = await restingView(atlas);
  // What was dragged is the ground: it comes along, and so the eye goes the other way by three parts to one.
  expect((dragged.x - wheeled.x) / (dragged.y - wheeled.y)).toBeCloseTo(3, 1);
  expect(dragged.scale).toBe(wheeled.scale);

  await atlas.map.zoomIn.click();
  await expect.poll(() => scaleOf(atlas)).toBeGreaterThan(dragged.scale * 1.5);
  await atlas.map.zoomOut.click();
  await expect.poll(() => scaleOf(atlas)).toBeCloseTo(dragged.scale, 1);
  await atlas.map.fit.click();
  await expect.poll(() => scaleOf(atlas)).toBe(1);
});

test('an address with a view is obeyed on the first visit, before there is a layout', async ({
  atlas,
  browser,
  server,
}) => {
  await atlas.open();
  await atlas.reaches('map');
  await atlas.map.zoomIn.click();
  await restingView(atlas);
  await atlas.map.zoomIn.click();
  await expect.poll(() => scaleOf(atlas)).toBeGreaterThan(2);
  const view = await restingView(atlas);
  const { hash } = new URL(atlas.page.url());

  const context = await browser.newContext({ baseURL: server.url, storageState: nothingKept });
  try {
    const other = new AtlasPage(await context.newPage());
    await other.open(hash);
    await other.reaches('map');
    // One step from there tells where the map was, whatever the address said.
    await other.map.zoomIn.click();
    await expect.poll(() => scaleOf(other)).toBeGreaterThan(view.scale * 1.5);
    const after = await restingView(other);
    expect(after.scale).toBeCloseTo(view.scale * 1.6, 1);
    expect(after.x).toBeCloseTo(view.x, 2);
    expect(after.y).toBeCloseTo(view.y, 2);
  } finally {
    await context.close();
  }
});

test('a search dims the papers that it does not find', async ({ atlas }) => {
  await atlas.open();
  await atlas.reaches('map');
  await expect.poll(() => atlas.map.colouredPixels()).toBeGreaterThan(count);
  expect(await atlas.map.pixelsOf('--point-dim')).toBe(0);
  await atlas.search.seek('recipes for soup');
  await expect.poll(() => atlas.map.pixelsOf('--point-dim')).toBeGreaterThan(count);
  expect(await atlas.map.colouredPixels()).toBe(0);
  await atlas.search.seek('');
  await expect.poll(() => atlas.map.pixelsOf('--point-dim')).toBe(0);
});

fresh('a search draws what it finds stronger than the rest, and than before', async ({ atlas, server }) => {
  // too few for topics, in whose colours it would be drawn
  server.shipFew(12);
  await atlas.open();
  await atlas.reaches('map');
  expect(await atlas.map.pixelsOf('--ink')).toBe(0);
  await atlas.search.seek(oneTitle);
  // The title itself is what answers best: its point is of full ink, and larger than one was before.
  await expect.poll(() => atlas.map.pixelsOf('--ink')).toBeGreaterThan(20);
  expect(await atlas.map.pixelsOf('--point-dim')).toBeGreaterThan(6);
  await expect(atlas.map.summary).toHaveText(/^12 papers on the map; \d+ papers? found by the search\.$/);
  await atlas.search.seek('');
  await expect.poll(() => atlas.map.pixelsOf('--ink')).toBe(0);
});

test('one flies to what a search has found by a button that is there only while it has somewhere to go', async ({
  atlas,
}) => {
  await atlas.open();
  await atlas.reaches('map');
  await expect(atlas.map.showResults).toBeHidden();
  await atlas.search.seek(oneHit);
  await expect(atlas.map.showResults).toBeVisible();
  expect(await atlas.map.picturesDuring(atlas.map.showResults)).toBeGreaterThan(10);
  await expect(atlas.map.showResults).toBeHidden();
  await expect.poll(() => scaleOf(atlas)).toBeGreaterThan(1.5);
  // The button is gone: the focus is where it led.
  await expect(atlas.map.surface).toBeFocused();
  const there = await restingView(atlas);

  await atlas.map.zoomIn.click();
  await atlas.map.zoomIn.click();
  await restingView(atlas);
  await atlas.map.fit.click();
  await expect(atlas.map.showResults).toBeVisible();
  await atlas.map.showResults.click();
  await expect.poll(() => viewOf(atlas)).toEqual(there);

  await atlas.map.fit.click();
  await atlas.search.seek('recipes for soup');
  await expect(atlas.list.heading).toHaveText('0 of 24 papers');
  await expect(atlas.map.showResults).toBeHidden();
});

test('the paper that the list is at has the card, whatever the pointer rests on', async ({ atlas }) => {
  await atlas.open();
  await atlas.reaches('map');
  const pointed = await atlas.map.pointAtSomePaper();
  const other = titles.find((title) => title !== pointed) ?? '';
  await atlas.list.paper(other).focus();
  await expect.poll(() => atlas.map.cardTitle()).toBe(other);
});

test.describe('for a reader who wants no motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('the map jumps to what a search has found', async ({ atlas }) => {
    await atlas.open();
    await atlas.reaches('map');
    await atlas.search.seek(oneHit);
    await expect(atlas.map.showResults).toBeVisible();
    // There and, when they have been placed, with other labels.
    expect(await atlas.map.picturesDuring(atlas.map.showResults)).toBeLessThanOrEqual(3);
    await expect.poll(() => scaleOf(atlas)).toBeGreaterThan(1.5);
  });
});

fresh(
  'the status line tells of megabytes, then of papers and of the time left',
  async ({ atlas, server }) => {
    server.shipFew(count);
    await atlas.open();
    await expect(atlas.progress.status).toBeVisible();
    const said = await atlas.progress.listen();
    await atlas.reaches('map');
    const lines = await said();
    expect(lines.some((line) => /^Loading the language model: \d+ of \d+ MB$/.test(line))).toBe(true);
    expect(lines.some((line) => new RegExp(`: \\d+ of ${count}, .*left$`).test(line))).toBe(true);
  },
);

test('dark is dark by choice, and still after a reload', async ({ atlas }) => {
  await atlas.open();
  await atlas.reaches('list');
  const root = atlas.page.locator('html');
  const ground = () => atlas.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await atlas.settings.open();
  await atlas.settings.choose('Appearance', 'Dark');
  await expect(root).toHaveAttribute('data-theme', 'dark');
  await expect.poll(ground).not.toBe(light);
  const dark = await ground();
  await atlas.page.reload();
  await atlas.reaches('list');
  await expect(root).toHaveAttribute('data-theme', 'dark');
  expect(await ground()).toBe(dark);
});

fresh('the first load moves nothing that was on screen', async ({ atlas, server }) => {
  server.shipFew(count);
  await atlas.open();
  await atlas.reaches('map');
  const shift = await atlas.page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        const take = (entries: PerformanceEntryList) => {
          for (const entry of entries) if ('value' in entry) sum += Number(entry.value);
        };
        const observer = new PerformanceObserver((list) => take(list.getEntries()));
        observer.observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => {
          take(observer.takeRecords());
          resolve(sum);
        }, 200);
      }),
  );
  expect(shift).toBeLessThan(0.02);
});

test.describe('on a screen of two pixels to one', () => {
  test.use({ deviceScaleFactor: 2 });

  test('the canvas has a pixel for each of the screen', async ({ atlas }) => {
    await atlas.open();
    await atlas.reaches('list');
    const sizes = () =>
      atlas.map.canvas.evaluate((canvas: HTMLCanvasElement) => ({
        of: [canvas.width, canvas.height],
        wanted: [2 * canvas.clientWidth, 2 * canvas.clientHeight],
      }));
    await expect.poll(async () => (await sizes()).of).toEqual((await sizes()).wanted);
  });
});
