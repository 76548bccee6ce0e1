import { digestOf } from './fixtures/corpus';
import type { ExpectedPaper } from './fixtures/corpus';
import { expect } from './fixtures/test';
import type { AtlasPage } from './pages/atlas-page';

/** A paper that is not in the shipped digest. */
export const droppedPaper: ExpectedPaper = {
  title: 'Tidal sediment in the estuaries of a cold coast',
  abstract:
    'We measure how tides move fine sediment through three estuaries over two winters, and find that ice, not current, decides where it settles.',
};

/** What a reader does on an ordinary day. Needs the map, and leaves the reader pane open. */
export async function walk(atlas: AtlasPage, shipped: readonly ExpectedPaper[]): Promise<void> {
  const [first, second] = shipped;
  if (!first || !second) throw new Error('expected two papers to read');

  await expect(atlas.list.heading).toHaveText(`${shipped.length} papers`);
  expect(await atlas.map.inkedPixels()).toBeGreaterThan(shipped.length);

  await atlas.search.searchFor(second.title);
  await expect(atlas.list.heading).not.toHaveText(`${shipped.length} papers`);
  await atlas.list.openPaper(second.title);
  await expect(atlas.reader.title).toHaveText(second.title);
  await expect(atlas.reader.pane).toContainText(second.abstract.slice(0, 60));
  await atlas.search.searchFor('');
  await expect(atlas.list.heading).toHaveText(`${shipped.length} papers`);

  await atlas.page.keyboard.press('Escape');
  await expect(atlas.reader.pane).toBeHidden();
  await atlas.list.openPaper(first.title);
  await expect(atlas.reader.title).toHaveText(first.title);
}

/** Adds `droppedPaper` from a file and waits until it is in the list. */
export async function addDroppedPaper(atlas: AtlasPage): Promise<void> {
  const buffer = Buffer.from(digestOf([droppedPaper]));
  await atlas.addFiles({ name: 'estuaries.json', mimeType: 'application/json', buffer });
  await expect(atlas.importReport.region).toContainText('estuaries.json');
  await atlas.search.searchFor(droppedPaper.title);
  await expect(atlas.list.paper(droppedPaper.title)).toBeVisible();
}
