import { digestOf, shippedPapers } from './fixtures/corpus';
import { savedPositions } from './fixtures/database';
import { expect, test } from './fixtures/test';
import type { AtlasPage, GivenFile } from './pages/atlas-page';

const note = (at: number) => ({
  title: `Note ${at} on the reeds of lake ${at}`,
  abstract: `How reeds grow at the shore of lake ${at} after a dry summer.`,
});
const file = (name: string, ...numbers: number[]): GivenFile => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(digestOf(numbers.map(note))),
});

const monday = file('monday.json', 1, 2, 3);
const tuesday = file('tuesday.json', 3, 4);

async function openWith(atlas: AtlasPage, ...files: GivenFile[]): Promise<void> {
  await atlas.open();
  await atlas.reaches('list');
  await atlas.addFiles(...files);
  for (const { name } of files) await expect(atlas.importReport.file(name)).toContainText('new');
}

test.describe('the shelf of digests', () => {
  test.beforeEach(({ server }) => {
    server.holdModel();
    server.shipFew(3);
  });

  test('keeps the import report of each digest, over visits', async ({ atlas }) => {
    await openWith(atlas, monday, tuesday);
    await atlas.page.reload();
    await atlas.reaches('list');
    await atlas.digests.open();
    const digest = atlas.digests.digest('tuesday');
    await digest.getByText('Import report').click();
    await expect(digest).toContainText('1 new, 1 already known.');
  });

  test('renames, and restores the old name when the new one is empty', async ({ atlas }) => {
    await openWith(atlas, monday);
    await atlas.digests.open();
    await atlas.digests.act('monday', 'Rename');
    await atlas.page.getByLabel('Name of the digest').fill('Reeds of the week');
    await atlas.page.keyboard.press('Enter');
    await expect(atlas.digests.digest('Reeds of the week')).toBeVisible();
    await atlas.digests.close();
    await expect(atlas.list.paper(note(1).title)).toContainText('Reeds of the week, no. 1');
    await atlas.page.reload();
    await atlas.reaches('list');
    await expect(atlas.list.paper(note(1).title)).toContainText('Reeds of the week, no. 1');
    await atlas.digests.open();
    await atlas.digests.act('Reeds of the week', 'Rename');
    await atlas.page.getByLabel('Name of the digest').fill('');
    await atlas.page.keyboard.press('Enter');
    await expect(atlas.digests.digest('monday')).toBeVisible();
  });

  test('hides papers from list, search and map, except those in other digests, and shows them again', async ({
    atlas,
  }) => {
    await openWith(atlas, monday, tuesday);
    await expect(atlas.list.heading).toHaveText('7 papers');
    await atlas.digests.open();
    await atlas.digests.act('monday', 'Hide');
    await atlas.digests.close();
    await expect(atlas.list.heading).toHaveText('5 papers');
    await expect(atlas.list.paper(note(3).title)).toBeVisible();
    await expect(atlas.list.paper(note(1).title)).toHaveCount(0);
    await atlas.search.searchFor('reeds');
    await expect(atlas.list.heading).toHaveText('2 of 5 papers');
    await atlas.search.searchFor('');
    await atlas.digests.open();
    await atlas.digests.act('monday', 'Show');
    await atlas.digests.close();
    await expect(atlas.list.heading).toHaveText('7 papers');
  });

  test('removes a digest with its papers, keeps those in other digests, and restores it, at once or later', async ({
    atlas,
  }) => {
    await openWith(atlas, monday, tuesday);
    await atlas.digests.open();
    await atlas.digests.act('monday', 'Remove');
    await atlas.digests.close();
    await expect(atlas.list.heading).toHaveText('5 papers');
    await expect(atlas.list.paper(note(3).title)).toBeVisible();
    await atlas.notices.act('Undo');
    await expect(atlas.list.heading).toHaveText('7 papers');

    await atlas.digests.open();
    await atlas.digests.act('monday', 'Remove');
    await atlas.digests.close();
    await expect(atlas.list.heading).toHaveText('5 papers');
    await atlas.page.reload();
    await atlas.reaches('list');
    await expect(atlas.list.heading).toHaveText('5 papers');
    await atlas.digests.open();
    await atlas.digests.act('monday', 'Bring back');
    await atlas.digests.close();
    await expect(atlas.list.heading).toHaveText('7 papers');
  });

  test('removes a shipped digest too, which does not come back by itself', async ({ atlas }) => {
    await openWith(atlas, monday);
    await atlas.digests.open();
    await atlas.digests.act('A few papers', 'Remove');
    await atlas.digests.close();
    await expect(atlas.list.heading).toHaveText('3 papers');
    await atlas.page.reload();
    await atlas.reaches('list');
    await expect(atlas.list.heading).toHaveText('3 papers');
  });

  test('removes an import again from its report', async ({ atlas }) => {
    await openWith(atlas, monday);
    await atlas.importReport.act('monday.json', /^Remove again/);
    await expect(atlas.list.heading).toHaveText('3 papers');
  });
});

test.describe('what is new', () => {
  test.beforeEach(({ server }) => {
    server.holdModel();
    server.shipFew(3);
  });

  test('is marked until it is read, over visits, and can be shown alone', async ({ atlas }) => {
    await openWith(atlas, monday);
    await expect(atlas.list.paper(note(1).title)).toContainText('New');
    await atlas.list.openPaper(note(2).title);
    await expect(atlas.list.paper(note(2).title)).not.toContainText('New');
    await atlas.page.reload();
    await atlas.reaches('list');
    await expect(atlas.list.paper(note(1).title)).toContainText('New');
    await expect(atlas.list.paper(note(2).title)).not.toContainText('New');
  });

  test('is what this import has added, and the address holds it', async ({ atlas }) => {
    await openWith(atlas, monday);
    await atlas.importReport.act('monday.json', /^Show what is new/);
    await expect(atlas.list.heading).toHaveText('3 of 6 papers');
    await expect(atlas.page).toHaveURL(/since=/);
    const shared = new URL(atlas.page.url()).hash;
    await atlas.list.since.selectOption('Added any time');
    await expect(atlas.list.heading).toHaveText('6 papers');
    await atlas.open('#');
    await atlas.page.evaluate((hash) => location.replace(hash), shared);
    await expect(atlas.list.heading).toHaveText('3 of 6 papers');
  });
});

test.describe('papers that look like one', () => {
  const altered = {
    title: 'Note 1 on the reeds of the lake 1',
    abstract: note(1).abstract,
  };
  const copy: GivenFile = { ...monday, name: 'copy.json', buffer: Buffer.from(digestOf([altered])) };

  test('are offered, joined when the reader says so, and split again', async ({ atlas, server }) => {
    test.setTimeout(120_000);
    server.shipFew(3);
    await openWith(atlas, monday, copy);
    await expect(atlas.progress.status).toHaveText('7 papers by meaning', { timeout: 60_000 });
    await expect(atlas.list.heading).toHaveText('7 papers');
    await atlas.importReport.region.getByRole('button', { name: 'Look at them' }).click();
    await atlas.digests.offers
      .getByRole('button', { name: /^Make them one/ })
      .first()
      .click();
    await expect(atlas.list.heading).toHaveText('6 papers');
    await atlas.digests.close();
    await atlas.search.searchFor('reeds of lake 1');
    await atlas.list.row(1).getByRole('button').click();
    await expect(atlas.reader.sources).toHaveCount(2);
    await atlas.reader.sources
      .getByRole('button', { name: /^Split off/ })
      .first()
      .click();
    await atlas.search.searchFor('');
    await expect(atlas.list.heading).toHaveText('7 papers');
  });
});

test.describe('two tabs', () => {
  test('that import at the same time lose nothing of each other, and each shows both', async ({
    atlas,
    context,
    server,
  }) => {
    test.setTimeout(90_000);
    server.shipFew(3);
    await atlas.open();
    await atlas.reaches('list');
    const { AtlasPage: Page } = await import('./pages/atlas-page');
    const other = new Page(await context.newPage());
    await other.open();
    await other.reaches('list');
    await Promise.all([atlas.addFiles(monday), other.addFiles(tuesday)]);
    await expect(atlas.list.heading).toHaveText('7 papers');
    await expect(other.list.heading).toHaveText('7 papers');
    await atlas.page.reload();
    await atlas.reaches('list');
    await atlas.list.openPaper(note(3).title);
    await expect(atlas.reader.sources).toHaveCount(2);
  });
});

test.describe('a map that has grown far', () => {
  test('moves no old paper, offers a new layout, and gives the old one back', async ({ atlas, server }) => {
    test.setTimeout(240_000);
    server.shipWhole(20);
    await atlas.open();
    await atlas.reaches('map');
    const before = await savedPositions(atlas.page);
    const many = shippedPapers().slice(20);
    const all = 20 + many.length;
    await atlas.addFiles({ ...monday, name: 'many.json', buffer: Buffer.from(digestOf(many)) });
    await expect(atlas.progress.status).toHaveText(`${all} papers by meaning`, { timeout: 120_000 });
    await expect.poll(async () => (await savedPositions(atlas.page)).size).toBe(all);
    const extended = await savedPositions(atlas.page);
    for (const [hash, place] of before) expect(extended.get(hash)).toEqual(place);
    await atlas.notices.act('Lay out again');
    await expect(atlas.notices.about(/laid out again\./)).toBeVisible({ timeout: 60_000 });
    const laidOutAgain = await savedPositions(atlas.page);
    expect(
      [...extended].some(([hash, place]) => laidOutAgain.get(hash)?.toString() !== place.toString()),
    ).toBe(true);
    await atlas.notices.act('Undo');
    await expect
      .poll(async () => [...(await savedPositions(atlas.page))].toSorted())
      .toEqual([...extended].toSorted());
  });
});
