import { expect, test } from './fixtures/test';
import type { AtlasPage } from './pages/atlas-page';

test.use({ viewport: { width: 390, height: 844 } });

test.beforeEach(async ({ atlas, server }) => {
  server.holdModel();
  server.shipFew(12);
  await atlas.open();
  await atlas.reaches('list');
});

const heightOf = async ({ list }: AtlasPage) => (await list.region.boundingBox())?.height ?? 0;

test('the arrow keys move the sheet between its three stops', async ({ atlas }) => {
  const { handle } = atlas.sheet;
  const half = await heightOf(atlas);
  await handle.focus();
  await handle.press('ArrowUp');
  await expect.poll(() => heightOf(atlas)).toBeGreaterThan(1.6 * half);
  await expect(handle).toHaveText('Show the map');
  await handle.press('ArrowDown');
  await expect.poll(() => heightOf(atlas)).toBeCloseTo(half, 0);
  await handle.press('ArrowDown');
  await expect.poll(() => heightOf(atlas)).toBeLessThan(half / 2);
  await expect(handle).toHaveAttribute('aria-expanded', 'false');
});

test('the sheet snaps to the nearest stop when dragged by its handle', async ({ atlas }) => {
  const { handle } = atlas.sheet;
  const half = await heightOf(atlas);
  await atlas.sheet.dragTo(110);
  await expect(handle).toHaveText('Show the map');
  await expect.poll(() => heightOf(atlas)).toBeGreaterThan(1.6 * half);
  await atlas.sheet.dragTo(780);
  await expect(handle).toHaveAttribute('aria-expanded', 'false');
  await expect.poll(() => heightOf(atlas)).toBeLessThan(half / 2);
});
