import { readFileSync } from 'node:fs';
import { shippedPapers } from './fixtures/corpus';
import { expect, test as fresh } from './fixtures/test';
import { test } from './fixtures/saved-library';
import { AtlasPage } from './pages/atlas-page';

const papers = shippedPapers();
const viewOf = ({ page }: AtlasPage): string | null =>
  new URLSearchParams(new URL(page.url()).hash.slice(1)).get('at');
const titleOf = (position: number): string => papers[position]?.title ?? '';

fresh.describe('the map while it is provisional', () => {
  fresh('says so until the papers have been read for meaning', async ({ atlas, server }) => {
    fresh.setTimeout(180_000);
    server.shipFew(12);
    await atlas.open();
    await atlas.reaches('map-provisional');
    await expect(atlas.map.provisionalNote).toBeVisible();
    await atlas.list.openPaper(titleOf(0));
    await expect(atlas.reader.pane).toContainText('once the papers have been read for meaning');

    await atlas.reaches('map');
    await expect(atlas.map.provisionalNote).toBeHidden();
    await expect(atlas.reader.nearest).toHaveCount(10);
  });
});

test.describe('a return visit', () => {
  test('shows the map by meaning at once, without loading or computing anything', async ({ atlas }) => {
    await atlas.open();
    await atlas.reaches('map');
    await atlas.isReadyOffline();

    const requested: string[] = [];
    atlas.page.context().on('request', (request) => requested.push(new URL(request.url()).pathname));
    await atlas.page.reload();
    await atlas.reaches('map');
    await expect(atlas.list.heading).toHaveText('199 papers');
    await expect(atlas.map.provisionalNote).toBeHidden();
    expect(await atlas.marks()).not.toContain('atlas:map-provisional');
    await atlas.isReadyOffline();

    expect(requested.filter((path) => path.includes('/model/'))).toEqual([]);
    expect(atlas.page.workers().filter((worker) => worker.url().includes('runtime'))).toEqual([]);
    await atlas.settings.open();
    await expect(atlas.settings.diagnostics).toContainText('the saved results were enough');
  });
});

test.describe('the nearest papers', () => {
  test.beforeEach(({ server }) => {
    server.holdModel();
  });

  const reference = JSON.parse(readFileSync('src/build/reference/corpus-neighbours-fp32.json', 'utf8')) as {
    neighbours: number[][];
  };

  test('are ten, the nearest of all among them, and most are those of the reference', async ({ atlas }) => {
    await atlas.open();
    await atlas.reaches('map');
    for (const position of [0, 42, 113, 198]) {
      await atlas.search.searchFor(titleOf(position));
      await atlas.list.openPaper(titleOf(position));
      await expect(atlas.reader.title).toHaveText(titleOf(position));
      await expect(atlas.reader.nearest).toHaveCount(10);

      const related = await atlas.reader.related();
      expect(related.every(({ similarity }) => similarity > 0 && similarity < 1)).toBe(true);
      const expected = new Set(reference.neighbours[position]?.map(titleOf));
      expect(related.map(({ title }) => title)).toContain(titleOf(reference.neighbours[position]?.[0] ?? -1));
      expect(related.filter(({ title }) => expected.has(title)).length).toBeGreaterThanOrEqual(6);
    }
  });

  test('can be opened themselves', async ({ atlas }) => {
    await atlas.open();
    await atlas.reaches('map');
    await atlas.list.openPaper(titleOf(0));
    const [nearest] = await atlas.reader.related();
    await atlas.reader.openRelated(0);
    await expect(atlas.reader.title).toHaveText(nearest?.title ?? 'no title');
  });
});

test.describe('the reader', () => {
  test.beforeEach(({ server }) => {
    server.holdModel();
  });

  test('opens from the list, goes on and back, and Escape returns to the row', async ({ atlas }) => {
    await atlas.open();
    await atlas.reaches('map');
    await atlas.list.openPaper(titleOf(1));
    await expect(atlas.reader.title).toHaveText(titleOf(1));
    await expect(atlas.reader.title).toBeFocused();
    await expect(atlas.reader.pane).toContainText(papers[1]?.abstract ?? 'no abstract');
    await expect(atlas.reader.pane).toContainText('Trending papers, no. 2');

    await atlas.reader.next.click();
    await expect(atlas.reader.title).toHaveText(titleOf(2));
    await atlas.reader.previous.click();
    await atlas.reader.previous.click();
    await expect(atlas.reader.title).toHaveText(titleOf(0));
    await expect(atlas.reader.previous).toBeDisabled();

    await atlas.page.keyboard.press('Escape');
    await expect(atlas.reader.pane).toHaveCount(0);
    await expect(atlas.list.paper(titleOf(1))).toBeFocused();
  });

  test('opens by a click on a point, and Escape returns to the map', async ({ atlas }) => {
    await atlas.open();
    await atlas.reaches('map');
    const title = await atlas.map.pointAtSomePaper();
    await atlas.page.mouse.down();
    await atlas.page.mouse.up();
    await expect(atlas.reader.title).toHaveText(title);
    await expect(atlas.list.paper(title)).toBeInViewport();
    await expect(atlas.list.paper(title)).toHaveAttribute('aria-current', 'true');

    await atlas.page.keyboard.press('Escape');
    await expect(atlas.reader.pane).toHaveCount(0);
    await expect(atlas.map.surface).toBeFocused();
  });

  test('makes links of the addresses in an abstract, which send no referrer', async ({ atlas }) => {
    const linked = papers.find(({ abstract }) => /https?:\/\/\S/.test(abstract));
    await atlas.open();
    await atlas.search.searchFor(linked?.title ?? '');
    await atlas.list.openPaper(linked?.title ?? 'no paper with a link');
    const link = atlas.reader.pane.locator('.abstract').getByRole('link').first();
    await expect(link).toHaveAttribute('href', /^https?:/);
    await expect(link).toHaveAttribute('rel', 'noopener noreferrer');
    await expect(link).toHaveAttribute('referrerpolicy', 'no-referrer');
  });
});

test.describe('the list', () => {
  test.beforeEach(({ server }) => {
    server.holdModel();
  });

  test('follows the search, and counts the results', async ({ atlas }) => {
    await atlas.open();
    await atlas.reaches('map');
    await atlas.search.searchFor('quantization');
    await expect(atlas.list.heading).toHaveText(/^\d+ of 199 papers$/);
    const found = Number.parseInt(await atlas.list.heading.innerText());
    expect(found).toBeGreaterThan(0);
    await expect(atlas.list.row(1)).toHaveAttribute('aria-setsize', String(found));
    await expect(atlas.map.region).toContainText(new RegExp(`${found} papers? found by the search`));

    await atlas.search.searchFor('recipes for soup');
    await expect(atlas.list.heading).toHaveText('0 of 199 papers');
    await atlas.list.region.getByRole('button', { name: 'Show all papers' }).click();
    await expect(atlas.list.heading).toHaveText('199 papers');
    await expect(atlas.search.box).toHaveValue('');
  });

  test('can be sorted by title', async ({ atlas }) => {
    await atlas.open();
    await atlas.reaches('list');
    await expect(atlas.list.row(1)).toContainText(titleOf(0));
    await atlas.list.sortBy('Title');
    const byTitle = new Intl.Collator('en', { sensitivity: 'base', numeric: true });
    const sorted = papers.map(({ title }) => title).toSorted(byTitle.compare);
    for (const place of [1, 2, 3]) {
      await expect(atlas.list.row(place)).toContainText(sorted[place - 1] ?? 'no such paper');
    }
    await atlas.page.reload();
    await expect(atlas.list.sort).toHaveValue('title');
    await expect(atlas.list.row(1)).toContainText(sorted[0] ?? 'no such paper');
    await atlas.list.sortBy('Digest order');
    await expect(atlas.list.row(1)).toContainText(titleOf(0));
  });

  test('can be sorted by similarity to the open paper', async ({ atlas }) => {
    await atlas.open();
    await atlas.reaches('map');
    await expect(atlas.list.sort.getByRole('option', { name: /^Similarity/ })).toBeDisabled();
    await atlas.list.openPaper(titleOf(3));
    const related = await atlas.reader.related();
    await atlas.list.sortBy('Similarity');
    await expect(atlas.list.row(1)).toContainText(titleOf(3));
    const nearest = related.toSorted((a, b) => b.similarity - a.similarity);
    for (const [rank, { title }] of nearest.slice(0, 3).entries()) {
      await expect(atlas.list.row(rank + 2)).toContainText(title);
    }
  });

  test('has few rows in the document, each with its position among all', async ({ atlas }) => {
    await atlas.open();
    await atlas.reaches('list');
    await expect(atlas.list.row(1)).toHaveAttribute('aria-setsize', '199');
    expect(await atlas.list.rows.count()).toBeLessThan(40);
    await expect(atlas.list.row(199)).toHaveCount(0);

    await atlas.list.row(3).hover();
    await atlas.page.mouse.wheel(0, 100_000);
    await expect(atlas.list.row(199)).toBeInViewport();
    await expect(atlas.list.row(199)).toContainText(titleOf(198));
    await expect(atlas.list.row(199)).toHaveAttribute('aria-setsize', '199');
    expect(await atlas.list.rows.count()).toBeLessThan(40);
  });
});

test.describe('the address', () => {
  test.beforeEach(({ server }) => {
    server.holdModel();
  });

  test('holds paper, search and view, and a new page opens with the same', async ({ atlas, context }) => {
    await atlas.open();
    await atlas.reaches('map');
    await atlas.search.searchFor('learning');
    await expect(atlas.list.heading).toHaveText(/ of 199 papers$/);
    const heading = await atlas.list.heading.innerText();
    await atlas.list.row(2).getByRole('button').click();
    await atlas.map.zoomIn.click();
    await expect(atlas.reader.title).toBeVisible();
    const title = await atlas.reader.title.innerText();
    await expect(atlas.page).toHaveURL(/#(?=.*paper=)(?=.*q=learning)(?=.*at=)/);

    const other = new AtlasPage(await context.newPage());
    await other.page.setViewportSize(atlas.page.viewportSize() ?? { width: 1280, height: 800 });
    await other.open(new URL(atlas.page.url()).hash);
    await other.reaches('map');
    await expect(other.reader.title).toHaveText(title);
    await expect(other.search.box).toHaveValue('learning');
    await expect(other.list.heading).toHaveText(heading);
    // The address is written shortly after each change, so the next change shows which view the page had.
    await other.search.searchFor('');
    await expect(other.page).not.toHaveURL(/q=learning/);
    expect(viewOf(other)).toBe(viewOf(atlas));
  });

  test('goes back to the previous paper with the back button of the browser', async ({ atlas }) => {
    await atlas.open();
    await atlas.reaches('map');
    await atlas.list.openPaper(titleOf(0));
    await expect(atlas.reader.title).toHaveText(titleOf(0));
    await atlas.reader.next.click();
    await expect(atlas.reader.title).toHaveText(titleOf(1));
    await atlas.page.goBack();
    await expect(atlas.reader.title).toHaveText(titleOf(0));
    await atlas.page.goBack();
    await expect(atlas.reader.pane).toHaveCount(0);
  });

  test('that names an unknown paper says so and shows the rest', async ({ atlas }) => {
    await atlas.open('#paper=title:unknown&q=learning');
    await expect(atlas.notices.about(/not in this library/)).toBeVisible();
    await expect(atlas.reader.pane).toHaveCount(0);
    await expect(atlas.search.box).toHaveValue('learning');
    await expect(atlas.list.heading).toHaveText(/ of 199 papers$/);
  });
});
