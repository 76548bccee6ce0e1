import type { Locator } from '@playwright/test';
import { accessibilityFaults } from './fixtures/axe';
import { digestOf } from './fixtures/corpus';
import { expect, test } from './fixtures/saved-library';
import type { AtlasPage } from './pages/atlas-page';

/** Matches many papers, and ranks them by meaning in another order than by words. */
const question = 'domain generalization';

test.setTimeout(120_000);

async function open(atlas: AtlasPage): Promise<(...keys: string[]) => Promise<void>> {
  await atlas.open();
  await atlas.reaches('map');
  return async (...keys) => {
    for (const key of keys) await atlas.page.keyboard.press(key);
  };
}

/** Delays the model of the page, so that searches rank by words until it is released. */
async function holdModel({ page }: AtlasPage): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.context().route(/\/model\//, async (route) => {
    await released;
    await route.continue();
  });
  return () => release();
}

/** Waits until the search has ranked by meaning too. */
async function isRankedByMeaning({ list }: AtlasPage): Promise<void> {
  // until then the space of the score is empty
  await expect(list.rows.first()).toContainText(/meaning -?\d\.\d\d|Lower-ranked/);
  await expect(list.keywordOnly).toHaveCount(0, { timeout: 60_000 });
}

const topOf = async (row: Locator) => (await row.boundingBox())?.y ?? NaN;
const titleOf = (row: Locator) => row.locator('.title').innerText();

test('search, reading the third result and returning to it work by keys alone', async ({ atlas }) => {
  const release = await holdModel(atlas);
  const press = await open(atlas);
  await press('/');
  await atlas.page.keyboard.type(question);
  await expect(atlas.list.heading).toHaveText(/^\d+ of 199 papers$/);
  await expect(atlas.list.keywordOnly).toBeVisible();
  await expect(atlas.list.at(1)).toHaveAccessibleName(/words \d+\s%$/);
  release();
  await isRankedByMeaning(atlas);
  await expect(atlas.list.at(1)).toHaveAccessibleName(/words \d+\s% · meaning 0\.\d\d$/);

  await press('ArrowDown', 'ArrowDown', 'ArrowDown');
  const third = atlas.list.at(3);
  await expect(third).toBeFocused();
  const [title, top] = [await titleOf(third), await topOf(third)];
  await press('Enter');
  await expect(atlas.reader.title).toHaveText(title);
  await press('Escape');
  await expect(third).toBeFocused();
  expect(await titleOf(third)).toBe(title);
  expect(await topOf(third)).toBe(top);
});

test('a result shows why: its words are marked, in the title and in a snippet of the abstract', async ({
  atlas,
}) => {
  await open(atlas);
  await atlas.search.searchFor('quantization');
  await isRankedByMeaning(atlas);
  const first = atlas.list.at(1);
  await expect(first.locator('.title mark')).toHaveText('Quantization');
  await expect(first.locator('.line mark').first()).toHaveText('quantization-aware');
  await expect(first.locator('.line mark').first()).toBeInViewport();
  await atlas.search.searchFor('');
  await expect(atlas.list.marks).toHaveCount(0);
});

test('the focused paper keeps the focus and its place on the screen when the list is ranked again', async ({
  atlas,
}) => {
  const release = await holdModel(atlas);
  const press = await open(atlas);
  await press('/');
  await atlas.page.keyboard.type('learning');
  await expect(atlas.list.keywordOnly).toBeVisible();
  await press('ArrowDown', ...Array.from({ length: 7 }, () => 'PageDown'), 'ArrowUp');
  const focused = atlas.page.locator(':focus');
  const [title, top] = [await titleOf(focused), await topOf(focused)];
  const place = await atlas.list.rows.filter({ has: focused }).getAttribute('aria-posinset');
  release();
  await isRankedByMeaning(atlas);
  await expect(atlas.list.paper(title)).toBeFocused();
  expect(await atlas.list.rows.filter({ has: focused }).getAttribute('aria-posinset')).not.toBe(place);
  expect(await topOf(focused)).toBe(top);
  await press('ArrowDown');
  await expect(focused).not.toHaveText(new RegExp(`^${title.slice(0, 20)}`));
});

test('a list at its top stays there when papers are inserted before its first', async ({ atlas }) => {
  await open(atlas);
  await atlas.search.searchFor('quantization');
  await isRankedByMeaning(atlas);
  const before = await titleOf(atlas.list.at(1));
  const paper = { title: 'Quantization of quantization', abstract: 'Quantization.' };
  await atlas.addFiles({
    name: 'more.json',
    mimeType: 'application/json',
    buffer: Buffer.from(digestOf([paper])),
  });
  await expect(atlas.list.at(1)).toHaveAccessibleName(/^Quantization of quantization/);
  await expect(atlas.list.at(1)).toBeInViewport();
  expect(await titleOf(atlas.list.at(1))).not.toBe(before);
});

test('lower-ranked papers are folded below the results, and unfolded by keys', async ({ atlas }) => {
  const press = await open(atlas);
  await atlas.search.searchFor('quantization');
  await isRankedByMeaning(atlas);
  const results = Number.parseInt(await atlas.list.heading.innerText());
  const lowerRanked = Number.parseInt((await atlas.list.lowerRanked.innerText()).replace(/\D+/, ''));
  expect(lowerRanked).toBeGreaterThan(50);
  await expect(atlas.list.row(1)).toHaveAttribute('aria-setsize', String(results));
  await expect(atlas.list.row(results + 1)).toHaveCount(0);

  await press('ArrowDown', 'End');
  await expect(atlas.list.lowerRanked).toBeFocused();
  await expect(atlas.list.lowerRanked).toHaveAttribute('aria-expanded', 'false');
  await press('Enter');
  await expect(atlas.list.lowerRanked).toHaveAttribute('aria-expanded', 'true');
  await expect(atlas.list.lowerRanked).toBeFocused();
  await expect(atlas.list.row(1)).toHaveAttribute('aria-setsize', String(results + lowerRanked));
  await press('ArrowDown');
  await expect(atlas.list.at(results + 1)).toBeFocused();
  await press('ArrowUp', 'ArrowUp');
  await expect(atlas.list.at(results)).toBeFocused();
  await expect(atlas.list.heading).toHaveText(`${results} of 199 papers`);
  await press('End');
  await expect(atlas.list.at(results + lowerRanked)).toBeInViewport();

  await atlas.search.searchFor('making pictures from text');
  await isRankedByMeaning(atlas);
  await expect(atlas.list.lowerRanked).toHaveAttribute('aria-expanded', 'false');
});

test('a question of another field has no answer here, and the lower-ranked papers are offered', async ({
  atlas,
}) => {
  await open(atlas);
  await atlas.search.searchFor('recipes for soup');
  await isRankedByMeaning(atlas);
  await expect(atlas.list.heading).toHaveText('0 of 199 papers');
  await expect(atlas.list.region).toContainText('Nothing here answers that.');
  await atlas.list.lowerRanked.click();
  await expect(atlas.list.row(1)).toBeInViewport();
  await expect(atlas.map.summary).toContainText('0 papers found by the search');
  await atlas.list.region.getByRole('button', { name: 'Show all papers' }).click();
  await expect(atlas.list.heading).toHaveText('199 papers');
});

test('n and p go from result to result, on the map and in the list, and wrap at the ends', async ({
  atlas,
}) => {
  const press = await open(atlas);
  // until then a search may be run again, with other results
  await atlas.isReadyOffline();
  const announced = (place: number, of: number) =>
    atlas.page.getByText(new RegExp(`^Result ${place} of ${of}: `));
  await press('m', 'n');
  await expect(atlas.page.getByText(/^Result \d/)).toHaveCount(0);
  await atlas.search.searchFor(question);
  await isRankedByMeaning(atlas);
  const results = Number.parseInt(await atlas.list.heading.innerText());

  // in the search box letters are typed
  await atlas.map.surface.focus();
  await press('n');
  await expect(announced(1, results)).toHaveCount(1);
  await expect(atlas.map.surface).toBeFocused();
  await press('n');
  await expect(announced(2, results)).toContainText(await titleOf(atlas.list.at(2)));
  await expect.poll(() => atlas.map.cardTitle()).toBe(await titleOf(atlas.list.at(2)));
  await expect(atlas.list.at(2)).toHaveAttribute('tabindex', '0');
  await press('p', 'p');
  await expect(announced(results, results)).toHaveCount(1);
  await expect(atlas.list.at(results)).toBeInViewport();
  await press('n', 'n');
  await expect(announced(2, results)).toHaveCount(1);
  await expect(atlas.map.surface).toBeFocused();
  const title = await titleOf(atlas.list.at(2));
  await press('Enter');
  await expect(atlas.reader.title).toHaveText(title);
  await press('Escape');

  await press('l', 'n');
  await expect(atlas.list.at(3)).toBeFocused();
});

test('papers are selected by keys, and the library is ranked by similarity to them', async ({ atlas }) => {
  const press = await open(atlas);
  await atlas.search.searchFor(question);
  await isRankedByMeaning(atlas);
  await press('ArrowDown', 'x', 'ArrowDown', 'x');
  await expect(atlas.list.selection).toContainText('2 selected');
  await expect(atlas.list.at(1)).toHaveAccessibleName(/Selected$/);
  const [first, second] = [await titleOf(atlas.list.at(1)), await titleOf(atlas.list.at(2))];
  await atlas.search.searchFor('');
  await expect(atlas.list.selection).toContainText('2 selected');

  await atlas.list.act('More like these').focus();
  await press('Enter');
  await expect(atlas.search.filters).toHaveCount(2);
  await expect(atlas.search.box).toHaveValue(/^like:"[^"]+" like:"[^"]+"$/);
  await expect(atlas.list.heading).toHaveText(/^\d+ of 199 papers$/);
  await expect(atlas.list.at(1)).toBeFocused();
  const liked = [await titleOf(atlas.list.at(1)), await titleOf(atlas.list.at(2))];
  for (const title of liked) expect([first, second]).not.toContain(title);

  await press('x');
  await atlas.list.act('Less like this').focus();
  await press('Enter');
  await expect(atlas.search.box).toHaveValue(/^like:"[^"]+" like:"[^"]+" -like:"[^"]+"$/);
  await expect(atlas.search.filters).toHaveCount(3);
  await expect.poll(() => titleOf(atlas.list.at(1))).not.toBe(liked[0]);
});

test('a selection is made by clicks as in any list, and Escape clears it before it closes the reader', async ({
  atlas,
}) => {
  const press = await open(atlas);
  await atlas.list.at(2).click();
  await expect(atlas.reader.title).toBeVisible();
  await atlas.list.at(3).click({ modifiers: ['ControlOrMeta'] });
  await atlas.list.at(5).click({ modifiers: ['Shift'] });
  await expect(atlas.list.selection).toContainText('3 selected');
  await atlas.list.at(4).click({ modifiers: ['ControlOrMeta'] });
  await expect(atlas.list.selection).toContainText('2 selected');
  await atlas.list.sortBy('Title');
  await expect(atlas.list.selection).toContainText('2 selected');

  await press('Escape');
  await expect(atlas.list.selection).toBeEmpty();
  await expect(atlas.reader.title).toBeVisible();
  await press('Escape');
  await expect(atlas.reader.pane).toHaveCount(0);
});

test('a search that has no room for the selected papers says so', async ({ atlas }) => {
  const press = await open(atlas);
  await atlas.search.searchFor('long '.repeat(79).trim());
  await expect(atlas.list.heading).toHaveText(/ of 199 papers$/);
  await isRankedByMeaning(atlas);
  await press('ArrowDown', 'x');
  await atlas.list.act('More like this').click();
  await expect(atlas.notices.about(/no room/)).toBeVisible();
  await expect(atlas.list.selection).toContainText('1 selected');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test('results, selection and lower-ranked papers break no rule of accessibility', async ({ atlas }) => {
      await open(atlas);
      await atlas.search.searchFor('quantization');
      await isRankedByMeaning(atlas);
      await atlas.list.at(1).click({ modifiers: ['ControlOrMeta'] });
      await atlas.list.lowerRanked.click();
      await expect(atlas.list.lowerRanked).toHaveAttribute('aria-expanded', 'true');
      expect(await accessibilityFaults(atlas.page)).toEqual([]);
      await atlas.search.searchFor('recipes for soup');
      await expect(atlas.list.region).toContainText('Nothing here answers that.');
      expect(await accessibilityFaults(atlas.page)).toEqual([]);
    });
  });
}

test.describe('by touch', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test('a long press on a paper selects it, and a tap then selects more', async ({ atlas }) => {
    await open(atlas);
    await expect(atlas.list.at(1)).toBeVisible();
    const { x, y } = (await atlas.list.at(1).boundingBox()) ?? { x: NaN, y: NaN };
    const finger = await atlas.page.context().newCDPSession(atlas.page);
    const touch = (type: 'touchStart' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
      finger.send('Input.dispatchTouchEvent', { type, touchPoints });
    await touch('touchStart', [{ x: x + 40, y: y + 40 }]);
    await expect(atlas.list.selection).toContainText('1 selected');
    await touch('touchEnd', []);
    await expect(atlas.reader.pane).toHaveCount(0);
    await atlas.list.at(2).tap();
    await expect(atlas.list.selection).toContainText('2 selected');
    await atlas.list.act('Clear').tap();
    await expect(atlas.list.selection).toBeEmpty();
    await atlas.list.at(2).tap();
    await expect(atlas.reader.title).toBeVisible();
  });
});
