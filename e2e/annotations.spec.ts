import { accessibilityFaults } from './fixtures/axe';
import { digestOf } from './fixtures/corpus';
import { expect, test } from './fixtures/test';
import { AtlasPage } from './pages/atlas-page';

const reeds = 'Reeds at the shore of a dry lake';
const moths = 'Moths that find lamps by night';
const file = {
  name: 'monday.json',
  mimeType: 'application/json',
  buffer: Buffer.from(
    digestOf([
      { title: reeds, abstract: 'How reeds grow at the shore.' },
      { title: moths, abstract: 'How moths fly round lamps.' },
    ]),
  ),
};

async function openWithFile(atlas: AtlasPage): Promise<void> {
  await atlas.open();
  await atlas.reaches('list');
  await atlas.addFiles(file);
  await expect(atlas.importReport.file(file.name)).toContainText('new');
}

/** Searches until exactly these papers are the results. */
async function finds(atlas: AtlasPage, query: string, ...titles: string[]): Promise<void> {
  await atlas.search.searchFor(query);
  await expect(atlas.list.heading).toHaveText(new RegExp(`^${titles.length} of`));
  for (const title of titles) await expect(atlas.list.paper(title)).toBeVisible();
}

test.beforeEach(({ server }) => {
  server.holdModel();
  server.shipFew(3);
});

test('what is written by the keyboard is there at the next visit, and can be searched', async ({
  atlas,
  page,
}) => {
  await openWithFile(atlas);
  await atlas.list.openPaper(reeds);
  await page.keyboard.press('s');
  await expect(atlas.reader.star).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('t');
  await page.keyboard.type('To cite, wetland');
  await page.keyboard.press('Enter');
  await expect(atlas.reader.tags).toHaveText([/To cite/, /wetland/]);
  await atlas.reader.title.focus();
  await page.keyboard.press('e');
  await page.keyboard.type('Compare with bulrushes');
  await page.keyboard.press('Escape');
  await expect(atlas.reader.title).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(atlas.reader.pane).toBeHidden();

  await page.reload();
  await atlas.reaches('list');
  await finds(atlas, 'is:starred', reeds);
  await finds(atlas, 'tag:"to cite"', reeds);
  await finds(atlas, 'is:read', reeds);
  await finds(atlas, 'bulrushes', reeds);
  await atlas.list.openPaper(reeds);
  await expect(atlas.reader.note).toHaveValue('Compare with bulrushes');
  await expect(atlas.list.paper(reeds)).toHaveAccessibleName(/Starred Read To cite, wetland/);
  await atlas.search.searchFor('tag:wet');
  await expect(atlas.search.completion('wetland')).toBeVisible();
});

test('what was typed just before the page is left is there at the next visit', async ({ atlas, page }) => {
  await openWithFile(atlas);
  await atlas.list.openPaper(reeds);
  for (const text of ['Compare with bulrushes', 'Compare with rushes', 'Compare with sedges']) {
    await atlas.reader.note.fill(text);
    await page.reload();
    await atlas.reaches('list');
    await expect(atlas.reader.note).toHaveValue(text);
  }
});

test('a paper that is opened has been read, and stays in the list of the unread until the next search', async ({
  atlas,
  page,
}) => {
  await openWithFile(atlas);
  await finds(atlas, 'is:unread digest:monday', reeds, moths);
  await atlas.list.openPaper(moths);
  await expect(atlas.reader.read).toHaveAttribute('aria-pressed', 'true');
  await expect(atlas.list.heading).toHaveText(/^2 of/);
  await finds(atlas, 'is:read', moths);
  await finds(atlas, 'is:unread digest:monday', reeds);
  await atlas.reader.title.focus();
  await page.keyboard.press('u');
  await expect(atlas.reader.read).toHaveAttribute('aria-pressed', 'false');
});

test('a digest that is removed and brought back has all that was written about its papers', async ({
  atlas,
}) => {
  await openWithFile(atlas);
  await atlas.list.openPaper(reeds);
  await atlas.reader.note.fill('Compare with bulrushes');
  await atlas.reader.star.click();
  await atlas.digests.open();
  await atlas.digests.act('monday', 'Remove');
  await atlas.digests.close();
  await expect(atlas.list.paper(reeds)).toBeHidden();
  await atlas.page.reload();
  await atlas.reaches('list');
  await atlas.digests.open();
  await atlas.digests.act('monday', 'Bring back');
  await atlas.digests.close();
  await finds(atlas, 'is:starred bulrushes', reeds);
});

test('two tabs follow each other', async ({ atlas, context }) => {
  await openWithFile(atlas);
  const other = new AtlasPage(await context.newPage());
  await other.open();
  await other.reaches('list');
  await other.list.openPaper(reeds);
  await atlas.list.openPaper(reeds);
  await atlas.reader.star.click();
  await expect(other.reader.star).toHaveAttribute('aria-pressed', 'true');
  await other.reader.note.fill('Of the other tab');
  await other.reader.note.blur();
  await expect(atlas.reader.note).toHaveValue('Of the other tab');
});

test('several papers are marked at once, and that is undone', async ({ atlas, page }) => {
  await openWithFile(atlas);
  await atlas.list.paper(reeds).click({ modifiers: ['ControlOrMeta'] });
  await atlas.list.paper(moths).click({ modifiers: ['ControlOrMeta'] });
  await atlas.list.act('Tag').click();
  await page.keyboard.type('to cite');
  await page.keyboard.press('Enter');
  await expect(atlas.list.paper(moths)).toHaveAccessibleName(/to cite/);
  await expect(atlas.notices.about(/2 papers were tagged “to cite”/)).toBeVisible();
  await atlas.notices.act('Undo');
  await expect(atlas.list.paper(moths)).not.toHaveAccessibleName(/to cite/);
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [390, 1440]) {
    test(`marks, tags and notes can be used by all, ${colorScheme}, ${width} px wide`, async ({
      atlas,
      page,
    }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await openWithFile(atlas);
      // on a phone it lies over the buttons of the map
      await atlas.importReport.region.getByRole('button', { name: 'Close import report' }).click();
      await atlas.list.paper(moths).click({ modifiers: ['ControlOrMeta'] });
      await atlas.list.openPaper(reeds);
      await atlas.reader.star.click();
      await atlas.reader.newTag.fill('wetland');
      await atlas.reader.newTag.press('Enter');
      await atlas.reader.note.fill('Compare with bulrushes.\n\nAnd with sedges.');
      await atlas.reader.note.blur();
      await expect(atlas.reader.pane.getByText('Saved', { exact: true })).toBeVisible();
      expect(await accessibilityFaults(page)).toEqual([]);
    });
  }
}
