import { digestOf, shippedPapers } from './fixtures/corpus';
import { expect, test } from './fixtures/saved-library';
import type { AtlasPage } from './pages/atlas-page';

const papers = shippedPapers();

async function open(atlas: AtlasPage): Promise<(key: string) => Promise<void>> {
  await atlas.open();
  await atlas.reaches('map');
  return (key) => atlas.page.keyboard.press(key);
}

test.beforeEach(({ server }) => {
  server.holdModel();
});

test('a paper is searched, found, read and closed without a pointer', async ({ atlas }) => {
  const press = await open(atlas);
  await press('/');
  await expect(atlas.search.box).toBeFocused();
  await atlas.page.keyboard.type('learning jkml?');
  await expect(atlas.search.box).toHaveValue('learning jkml?');
  for (let letter = 0; letter < ' jkml?'.length; letter++) await press('Backspace');
  await expect(atlas.list.heading).toHaveText(/^\d+ of 199 papers$/);

  await press('ArrowDown');
  await expect(atlas.list.row(1).getByRole('button')).toBeFocused();
  await press('ArrowDown');
  const row = atlas.list.row(2).getByRole('button');
  await expect(row).toBeFocused();
  await press('Enter');
  await expect(atlas.reader.title).toBeFocused();
  await expect(row).toContainText(await atlas.reader.title.innerText());
  await press('Escape');
  await expect(atlas.reader.pane).toHaveCount(0);
  await expect(row).toBeFocused();

  await press('/');
  await press('Escape');
  await expect(atlas.search.box).toHaveValue('');
  await expect(atlas.list.heading).toHaveText('199 papers');
});

test('arrow keys move from paper to paper on the map; Enter opens a paper and Escape closes it', async ({
  atlas,
}) => {
  const press = await open(atlas);
  await press('m');
  await expect(atlas.map.surface).toBeFocused();
  const visited = new Set<string>();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowUp', 'ArrowLeft', 'ArrowDown', 'ArrowRight']) {
    await press(key);
    visited.add(await atlas.map.current.innerText());
  }
  expect(visited.size).toBeGreaterThan(2);
  expect([...visited].filter((title) => !papers.some((paper) => paper.title === title))).toEqual([]);

  const title = await atlas.map.current.innerText();
  await expect(atlas.map.surface).toHaveAttribute(
    'aria-activedescendant',
    (await atlas.map.current.getAttribute('id')) ?? 'no id',
  );
  await press('Enter');
  await expect(atlas.reader.title).toHaveText(title);
  await press('Escape');
  await expect(atlas.reader.pane).toHaveCount(0);
  await expect(atlas.map.surface).toBeFocused();
  await expect(atlas.map.current).toHaveText(title);
});

test('Home and End go to the first and the last paper of the map, which have their position', async ({
  atlas,
}) => {
  const press = await open(atlas);
  await press('m');
  await press('Home');
  await expect(atlas.map.current).toHaveAttribute('aria-posinset', '1');
  await expect(atlas.map.current).toHaveAttribute('aria-setsize', '199');
  const first = await atlas.map.current.innerText();
  await press('End');
  await expect(atlas.map.current).not.toHaveText(first);
});

test('the map is zoomed, moved and fitted by keys, and the address follows', async ({ atlas }) => {
  const press = await open(atlas);
  const view = () => new URLSearchParams(new URL(atlas.page.url()).hash.slice(1)).get('at');
  await press('m');
  await press('+');
  await expect.poll(view).not.toBeNull();
  const zoomed = view();
  await press('Shift+ArrowRight');
  await expect.poll(view).not.toBe(zoomed);
  await press('0');
  await expect.poll(() => Number(view()?.split(',')[2])).toBe(1);
});

test('the region of the map is one tab stop', async ({ atlas }) => {
  const press = await open(atlas);
  await press('m');
  await expect(atlas.map.surface).toBeFocused();
  const isInMap = () => atlas.map.region.evaluate((region) => region.contains(document.activeElement));
  await press('Tab');
  expect(await isInMap()).toBe(false);
  await press('Shift+Tab');
  await expect(atlas.map.surface).toBeFocused();
  await press('Shift+Tab');
  expect(await isInMap()).toBe(false);
});

test('the list is one tab stop, moved by the arrows, Page, Home and End', async ({ atlas }) => {
  const press = await open(atlas);
  const at = (place: number) => atlas.list.row(place).getByRole('button');
  await press('l');
  await expect(at(1)).toBeFocused();
  await press('ArrowDown');
  await expect(at(2)).toBeFocused();
  await press('ArrowUp');
  await press('ArrowUp');
  await expect(at(1)).toBeFocused();
  await press('End');
  await expect(at(199)).toBeFocused();
  await expect(at(199)).toBeInViewport();
  await press('PageUp');
  await expect(at(199)).not.toBeFocused();
  await press('Home');
  await expect(at(1)).toBeFocused();
  await press('Tab');
  await expect(atlas.list.rows.locator(':focus')).toHaveCount(0);
  await press('Shift+Tab');
  await expect(at(1)).toBeFocused();
});

test('J and K open the next and the previous paper of the list', async ({ atlas }) => {
  const press = await open(atlas);
  await press('j');
  await expect(atlas.reader.title).toHaveText(papers[0]?.title ?? '');
  await press('j');
  await expect(atlas.reader.title).toHaveText(papers[1]?.title ?? '');
  await press('k');
  await expect(atlas.reader.title).toHaveText(papers[0]?.title ?? '');
});

test('the help names every key, and returns the focus when it closes', async ({ atlas }) => {
  const press = await open(atlas);
  await press('l');
  await press('?');
  await expect(atlas.help.dialog).toBeVisible();
  for (const key of ['/', 'L', 'M', 'J, K', 'Escape', '?', 'Arrows', 'Enter', '+, −', '0', 'Home, End']) {
    await expect(atlas.help.dialog.locator('kbd').getByText(key, { exact: true })).toHaveCount(1);
  }
  await press('j');
  await expect(atlas.reader.pane).toHaveCount(0);
  await press('Escape');
  await expect(atlas.help.dialog).toHaveCount(0);
  await expect(atlas.list.row(1).getByRole('button')).toBeFocused();
});

test('files can be added with the keyboard', async ({ atlas }) => {
  await open(atlas);
  await atlas.search.box.focus();
  await atlas.page.keyboard.press('Tab');
  const input = atlas.page.getByLabel('Add digest files');
  await expect(input).toBeFocused();
  const choosing = atlas.page.waitForEvent('filechooser');
  // a round trip, after which the browser has been asked to report the event
  await atlas.page.evaluate(() => undefined);
  await atlas.page.keyboard.press('Enter');
  expect((await choosing).isMultiple()).toBe(true);
});

test('an Escape in a dialog closes the dialog and leaves the reader open', async ({ atlas }) => {
  const press = await open(atlas);
  await press('j');
  await expect(atlas.reader.title).toBeVisible();
  await atlas.settings.open();
  await expect(atlas.settings.dialog).toBeVisible();
  await press('Escape');
  await expect(atlas.settings.dialog).toHaveCount(0);
  await expect(atlas.settings.button).toBeFocused();
  await expect(atlas.reader.title).toBeVisible();
});

test('a button that disappears when pressed passes the focus on', async ({ atlas }) => {
  const press = await open(atlas);
  const paper = { title: 'The naps of quokkas', abstract: 'How long quokkas sleep at noon.' };
  const buffer = Buffer.from(digestOf([paper]));
  await atlas.addFiles({ name: 'quokka.json', mimeType: 'application/json', buffer });
  const { importReport, digests } = atlas;
  await expect(importReport.file('quokka.json')).toContainText('1 new');
  await importReport.region.getByRole('button', { name: 'Close import report' }).focus();
  await press('Enter');
  await expect(importReport.region).toHaveCount(0);
  await expect(atlas.map.surface).toBeFocused();

  await digests.open();
  const action = (name: RegExp) => digests.digest('quokka').getByRole('button', { name });
  await action(/^Hide /).focus();
  await press('Enter');
  await expect(action(/^Show /)).toBeFocused();
  await action(/^Remove /).focus();
  await press('Enter');
  await expect(digests.dialog.getByRole('button', { name: /^Rename / }).first()).toBeFocused();
  await action(/^Bring back /).focus();
  await press('Enter');
  await expect(digests.dialog.locator('[tabindex="-1"]')).toBeFocused();
});
