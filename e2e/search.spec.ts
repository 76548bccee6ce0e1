import type { Locator } from '@playwright/test';
import { accessibilityFaults } from './fixtures/axe';
import { digestOf } from './fixtures/corpus';
import { expect, test } from './fixtures/kept-library';
import type { AtlasPage } from './pages/atlas-page';

/** Asks for something in many papers, which meaning puts in another order than words. */
const question = 'domain generalization';

test.setTimeout(120_000);

async function open(atlas: AtlasPage): Promise<(...keys: string[]) => Promise<void>> {
  await atlas.open();
  await atlas.reaches('map');
  return async (...keys) => {
    for (const key of keys) await atlas.page.keyboard.press(key);
  };
}

/** Holds back the model of the page, so that a search goes by words for as long as one likes. */
async function holdModel({ page }: AtlasPage): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.context().route(/\/model\//, async (route) => {
    await released;
    await route.continue();
  });
  return () => release();
}

/** Until the search has gone by meaning too. */
async function isMeant({ list }: AtlasPage): Promise<void> {
  // until then the place of the score is kept free, and nothing is said while nothing is sought
  await expect(list.rows.first()).toContainText(/meaning -?\d\.\d\d|Further away/);
  await expect(list.soFar).toHaveCount(0, { timeout: 60_000 });
}

const topOf = async (row: Locator) => (await row.boundingBox())?.y ?? NaN;
const titleOf = (row: Locator) => row.locator('.title').innerText();

test('one searches, reads the third result and comes back to it by keys alone', async ({ atlas }) => {
  const release = await holdModel(atlas);
  const press = await open(atlas);
  await press('/');
  await atlas.page.keyboard.type(question);
  await expect(atlas.list.heading).toHaveText(/^\d+ of 199 papers$/);
  await expect(atlas.list.soFar).toBeVisible();
  await expect(atlas.list.at(1)).toHaveAccessibleName(/words \d+\s%$/);
  release();
  await isMeant(atlas);
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

test('a result says why: its words are marked, in the title and in a piece of the abstract', async ({
  atlas,
}) => {
  await open(atlas);
  await atlas.search.seek('quantization');
  await isMeant(atlas);
  const first = atlas.list.at(1);
  await expect(first.locator('.title mark')).toHaveText('Quantization');
  await expect(first.locator('.line mark').first()).toHaveText('quantization-aware');
  await expect(first.locator('.line mark').first()).toBeInViewport();
  await atlas.search.seek('');
  await expect(atlas.list.marks).toHaveCount(0);
});

test('the focused paper keeps the focus and its place on the screen when the list is ranked anew', async ({
  atlas,
}) => {
  const release = await holdModel(atlas);
  const press = await open(atlas);
  await press('/');
  await atlas.page.keyboard.type('learning');
  await expect(atlas.list.soFar).toBeVisible();
  await press('ArrowDown', 'PageDown', 'PageDown', 'PageDown', 'PageDown', 'ArrowUp');
  const focused = atlas.page.locator(':focus');
  const [title, top] = [await titleOf(focused), await topOf(focused)];
  const place = await atlas.list.rows.filter({ has: focused }).getAttribute('aria-posinset');
  release();
  await isMeant(atlas);
  await expect(atlas.list.paper(title)).toBeFocused();
  expect(await atlas.list.rows.filter({ has: focused }).getAttribute('aria-posinset')).not.toBe(place);
  expect(await topOf(focused)).toBe(top);
  await press('ArrowDown');
  await expect(focused).not.toHaveText(new RegExp(`^${title.slice(0, 20)}`));
});

test('a list at its top stays there when papers come before its first', async ({ atlas }) => {
  await open(atlas);
  await atlas.search.seek('quantization');
  await isMeant(atlas);
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

test('what is further away is folded up below the results, and unfolded by keys', async ({ atlas }) => {
  const press = await open(atlas);
  await atlas.search.seek('quantization');
  await isMeant(atlas);
  const results = Number.parseInt(await atlas.list.heading.innerText());
  const further = Number.parseInt((await atlas.list.further.innerText()).replace(/\D+/, ''));
  expect(further).toBeGreaterThan(50);
  await expect(atlas.list.row(1)).toHaveAttribute('aria-setsize', String(results));
  await expect(atlas.list.row(results + 1)).toHaveCount(0);

  await press('ArrowDown', 'End');
  await expect(atlas.list.further).toBeFocused();
  await expect(atlas.list.further).toHaveAttribute('aria-expanded', 'false');
  await press('Enter');
  await expect(atlas.list.further).toHaveAttribute('aria-expanded', 'true');
  await expect(atlas.list.further).toBeFocused();
  await expect(atlas.list.row(1)).toHaveAttribute('aria-setsize', String(results + further));
  await press('ArrowDown');
  await expect(atlas.list.at(results + 1)).toBeFocused();
  await press('ArrowUp', 'ArrowUp');
  await expect(atlas.list.at(results)).toBeFocused();
  await expect(atlas.list.heading).toHaveText(`${results} of 199 papers`);
  await press('End');
  await expect(atlas.list.at(results + further)).toBeInViewport();

  await atlas.search.seek('making pictures from text');
  await isMeant(atlas);
  await expect(atlas.list.further).toHaveAttribute('aria-expanded', 'false');
});

test('a question of another field is said to have no answer here, and what is nearest is offered', async ({
  atlas,
}) => {
  await open(atlas);
  await atlas.search.seek('recipes for soup');
  await isMeant(atlas);
  await expect(atlas.list.heading).toHaveText('0 of 199 papers');
  await expect(atlas.list.region).toContainText('Nothing here answers that.');
  await atlas.list.further.click();
  await expect(atlas.list.row(1)).toBeInViewport();
  await expect(atlas.map.summary).toContainText('0 papers found by the search');
  await atlas.list.region.getByRole('button', { name: 'Show all papers' }).click();
  await expect(atlas.list.heading).toHaveText('199 papers');
});

test('n and p go from result to result, on the map and in the list, round the ends', async ({ atlas }) => {
  const press = await open(atlas);
  const said = (place: number, of: number) => atlas.page.getByText(new RegExp(`^Result ${place} of ${of}: `));
  await press('m', 'n');
  await expect(atlas.page.getByText(/^Result \d/)).toHaveCount(0);
  await atlas.search.seek(question);
  await isMeant(atlas);
  const results = Number.parseInt(await atlas.list.heading.innerText());

  // the search box takes letters as letters
  await atlas.map.surface.focus();
  await press('n');
  await expect(said(1, results)).toHaveCount(1);
  await expect(atlas.map.surface).toBeFocused();
  await press('n');
  await expect(said(2, results)).toContainText(await titleOf(atlas.list.at(2)));
  await expect.poll(() => atlas.map.cardTitle()).toBe(await titleOf(atlas.list.at(2)));
  await expect(atlas.list.at(2)).toHaveAttribute('tabindex', '0');
  await press('p', 'p');
  await expect(said(results, results)).toHaveCount(1);
  await expect(atlas.list.at(results)).toBeInViewport();
  await press('n', 'n');
  await expect(said(2, results)).toHaveCount(1);
  await expect(atlas.map.surface).toBeFocused();
  const title = await titleOf(atlas.list.at(2));
  await press('Enter');
  await expect(atlas.reader.title).toHaveText(title);
  await press('Escape');

  await press('l', 'n');
  await expect(atlas.list.at(3)).toBeFocused();
});

test('papers are selected by keys, and the library is ranked by them', async ({ atlas }) => {
  const press = await open(atlas);
  await atlas.search.seek(question);
  await isMeant(atlas);
  await press('ArrowDown', 'x', 'ArrowDown', 'x');
  await expect(atlas.list.selection).toContainText('2 selected');
  await expect(atlas.list.at(1)).toHaveAccessibleName(/Selected$/);
  const [first, second] = [await titleOf(atlas.list.at(1)), await titleOf(atlas.list.at(2))];
  await atlas.search.seek('');
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

test('a selection is made by clicks as in any list, and Escape lets it go before it closes the reader', async ({
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

test('a search that has no room for the papers selected says so', async ({ atlas }) => {
  const press = await open(atlas);
  await atlas.search.seek('long '.repeat(79).trim());
  await expect(atlas.list.heading).toHaveText(/ of 199 papers$/);
  await isMeant(atlas);
  await press('ArrowDown', 'x');
  await atlas.list.act('More like this').click();
  await expect(atlas.notices.about(/no room/)).toBeVisible();
  await expect(atlas.list.selection).toContainText('1 selected');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test('results, selection and what is further away break no rule of accessibility', async ({ atlas }) => {
      await open(atlas);
      await atlas.search.seek('quantization');
      await isMeant(atlas);
      await atlas.list.at(1).click({ modifiers: ['ControlOrMeta'] });
      await atlas.list.further.click();
      await expect(atlas.list.further).toHaveAttribute('aria-expanded', 'true');
      expect(await accessibilityFaults(atlas.page)).toEqual([]);
      await atlas.search.seek('recipes for soup');
      await expect(atlas.list.region).toContainText('Nothing here answers that.');
      expect(await accessibilityFaults(atlas.page)).toEqual([]);
    });
  });
}

test.describe('by touch', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test('a finger that rests on a paper selects it, and a tap then selects more', async ({ atlas }) => {
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
