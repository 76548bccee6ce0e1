import type { Locator } from '@playwright/test';
import { shippedPapers } from './fixtures/corpus';
import { expect, testWithFew as test } from './fixtures/saved-library';
import { performanceEntries } from './fixtures/performance-entries';
import { test as fresh } from './fixtures/test';
import { AtlasPage } from './pages/atlas-page';

test.setTimeout(180_000);

const count = 24;
const titles = shippedPapers()
  .slice(0, count)
  .map(({ title }) => title);
const oneTitle = titles[5] ?? '';
const emptyState = { cookies: [], origins: [] };
/** A phrase that only this paper contains, whatever is similar to it by meaning. */
const oneHit = `"${oneTitle}"`;

interface View {
  x: number;
  y: number;
  scale: number;
}

/** The map's view as it is in the address; null while there is none. */
function viewOf({ page }: AtlasPage): View | null {
  const at = new URLSearchParams(new URL(page.url()).hash.slice(1)).get('at');
  if (at === null) return null;
  const [x = NaN, y = NaN, scale = NaN] = at.split(',').map(Number);
  return { x, y, scale };
}

const scaleOf = (atlas: AtlasPage) => viewOf(atlas)?.scale ?? 0;

/** The view once the address no longer changes: it is written only when the map is idle. */
async function idleView(atlas: AtlasPage): Promise<View> {
  let before: View | null = null;
  await expect
    .poll(
      () => {
        const now = viewOf(atlas);
        const isUnchanged = now !== null && JSON.stringify(now) === JSON.stringify(before);
        before = now;
        return isUnchanged;
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

test('wheel, drag and buttons move the map, and the address follows', async ({ atlas }) => {
  await atlas.open();
  await atlas.reaches('map');
  const { mouse } = atlas.page;
  const { x, y } = await middleOf(atlas.map.surface);
  await mouse.move(x, y);
  await mouse.wheel(0, -400);
  await expect.poll(() => scaleOf(atlas)).toBeGreaterThan(1.2);
  const wheeled = await idleView(atlas);

  await mouse.down();
  await mouse.move(x - 120, y - 40, { steps: 4 });
  await mouse.up();
  await expect.poll(() => viewOf(atlas)?.x).toBeGreaterThan(wheeled.x);
  const dragged = await idleView(atlas);
  // The map follows the pointer, so the view moves the opposite way, three parts in x to one in y.
  expect((dragged.x - wheeled.x) / (dragged.y - wheeled.y)).toBeCloseTo(3, 1);
  expect(dragged.scale).toBe(wheeled.scale);

  await atlas.map.zoomIn.click();
  await expect.poll(() => scaleOf(atlas)).toBeGreaterThan(dragged.scale * 1.5);
  await atlas.map.zoomOut.click();
  await expect.poll(() => scaleOf(atlas)).toBeCloseTo(dragged.scale, 1);
  await atlas.map.fit.click();
  await expect.poll(() => scaleOf(atlas)).toBe(1);
});

test('an address with a view is applied on the first visit, before there is a layout', async ({
  atlas,
  browser,
  server,
}) => {
  await atlas.open();
  await atlas.reaches('map');
  await atlas.map.zoomIn.click();
  await idleView(atlas);
  await atlas.map.zoomIn.click();
  await expect.poll(() => scaleOf(atlas)).toBeGreaterThan(2);
  const view = await idleView(atlas);
  const { hash } = new URL(atlas.page.url());

  const context = await browser.newContext({ baseURL: server.url, storageState: emptyState });
  try {
    const other = new AtlasPage(await context.newPage());
    await other.open(hash);
    await other.reaches('map');
    // One step of zoom shows where the map really was, whatever the address said.
    await other.map.zoomIn.click();
    await expect.poll(() => scaleOf(other)).toBeGreaterThan(view.scale * 1.5);
    const after = await idleView(other);
    expect(after.scale).toBeCloseTo(view.scale * 1.6, 1);
    expect(after.x).toBeCloseTo(view.x, 2);
    expect(after.y).toBeCloseTo(view.y, 2);
  } finally {
    await context.close();
  }
});

test('a search dims the papers that it does not match', async ({ atlas }) => {
  await atlas.open();
  await atlas.reaches('map');
  await expect.poll(() => atlas.map.colouredPixels()).toBeGreaterThan(count);
  expect(await atlas.map.pixelsOf('--point-dim')).toBe(0);
  await atlas.search.searchFor('recipes for soup');
  await expect.poll(() => atlas.map.pixelsOf('--point-dim')).toBeGreaterThan(count);
  expect(await atlas.map.colouredPixels()).toBe(0);
  await atlas.search.searchFor('');
  await expect.poll(() => atlas.map.pixelsOf('--point-dim')).toBe(0);
});

fresh(
  'a search draws its results stronger than the other papers, and than before',
  async ({ atlas, server }) => {
    // too few papers for topics, whose colours the points would have
    server.shipFew(12);
    await atlas.open();
    await atlas.reaches('map');
    expect(await atlas.map.pixelsOf('--ink')).toBe(0);
    await atlas.search.searchFor(oneTitle);
    // The paper of this title matches best: its point has full ink, and is larger than before.
    await expect.poll(() => atlas.map.pixelsOf('--ink')).toBeGreaterThan(20);
    expect(await atlas.map.pixelsOf('--point-dim')).toBeGreaterThan(6);
    await expect(atlas.map.summary).toHaveText(/^12 papers on the map; \d+ papers? found by the search\.$/);
    await atlas.search.searchFor('');
    await expect.poll(() => atlas.map.pixelsOf('--ink')).toBe(0);
  },
);

test('a button flies to the results of a search, and is there only while they are not well in view', async ({
  atlas,
}) => {
  await atlas.open();
  await atlas.reaches('map');
  await expect(atlas.map.showResults).toBeHidden();
  await atlas.search.searchFor(oneHit);
  await expect(atlas.map.showResults).toBeVisible();
  expect(await atlas.map.imagesDuring(atlas.map.showResults)).toBeGreaterThan(10);
  await expect(atlas.map.showResults).toBeHidden();
  await expect.poll(() => scaleOf(atlas)).toBeGreaterThan(1.5);
  // The button is gone: the focus moves to the map.
  await expect(atlas.map.surface).toBeFocused();
  const there = await idleView(atlas);

  await atlas.map.zoomIn.click();
  await atlas.map.zoomIn.click();
  await idleView(atlas);
  await atlas.map.fit.click();
  await expect(atlas.map.showResults).toBeVisible();
  await atlas.map.showResults.click();
  await expect.poll(() => viewOf(atlas)).toEqual(there);

  await atlas.map.fit.click();
  await atlas.search.searchFor('recipes for soup');
  await expect(atlas.list.heading).toHaveText('0 of 24 papers');
  await expect(atlas.map.showResults).toBeHidden();
});

test('the focused paper of the list has the card, wherever the pointer is', async ({ atlas }) => {
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
    await atlas.search.searchFor(oneHit);
    await expect(atlas.map.showResults).toBeVisible();
    // One with the new view, and others once the labels have been placed.
    expect(await atlas.map.imagesDuring(atlas.map.showResults)).toBeLessThanOrEqual(3);
    await expect.poll(() => scaleOf(atlas)).toBeGreaterThan(1.5);
  });
});

fresh('the status line shows megabytes, then papers and the time left', async ({ atlas, server }) => {
  server.shipFew(count);
  await atlas.open();
  await expect(atlas.progress.status).toBeVisible();
  const statusLines = await atlas.progress.record();
  await atlas.reaches('map');
  const lines = await statusLines();
  expect(lines.some((line) => /^Loading the language model: \d+ of \d+ MB$/.test(line))).toBe(true);
  expect(lines.some((line) => new RegExp(`: \\d+ of ${count}, .*left$`).test(line))).toBe(true);
});

test('the dark theme can be chosen, and stays after a reload', async ({ atlas }) => {
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
  await expect(atlas.progress.status).toHaveText(`${count} papers by meaning`);
  const shifts = await performanceEntries(atlas.page, 'layout-shift');
  const shift = shifts.reduce((sum, { value }) => sum + value, 0);
  expect(shift).toBeLessThan(0.02);
});

test.describe('on a screen of two pixels to one', () => {
  test.use({ deviceScaleFactor: 2 });

  test('the canvas has one pixel for each pixel of the screen', async ({ atlas }) => {
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
