import { accessibilityFaults } from './fixtures/axe';
import { expect, test } from './fixtures/test';

test.beforeEach(async ({ atlas, server }) => {
  server.holdModel();
  server.shipFew(6);
  await atlas.open();
  await atlas.reaches('list');
});

test('a paper that was starred, tagged and noted by keys alone is found again by filters, by keys alone', async ({
  atlas,
  page,
}) => {
  const { list, reader, search } = atlas;
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await press('l', 'ArrowDown', 'Enter');
  await expect(reader.title).toBeFocused();
  const title = await reader.title.innerText();
  await press('s', 't');
  await page.keyboard.type('To cite');
  await press('Enter', 'Escape', 'e');
  await page.keyboard.type('Compare the tides.');
  await expect(reader.pane.getByText('Saved', { exact: true })).toBeVisible();
  await press('Escape', 'Escape');
  await expect(reader.pane).toHaveCount(0);

  for (const name of ['Starred', 'Has note']) {
    await list.filter(name).focus();
    await press('Enter');
    await expect(list.filter(name)).toHaveAttribute('aria-pressed', 'true');
    await expect(list.heading).toHaveText('1 of 6 papers');
  }
  await expect(search.box).toHaveValue('is:starred is:noted');
  await expect(list.paper(title)).toBeVisible();
  await search.box.fill('compare');
  await expect(list.row(1)).toContainText('Your note: Compare the tides.');
  await search.box.fill('is:starred is:noted');
  await list.filter('Has note').focus();

  await press('Tab', 'Enter');
  await expect(list.tagMenu.getByRole('textbox')).toBeFocused();
  await page.keyboard.type('cite');
  await press('ArrowDown', 'Space');
  await expect(search.box).toHaveValue('is:starred is:noted tag:"To cite"');
  await expect(list.heading).toHaveText('1 of 6 papers');
  expect(await accessibilityFaults(page)).toEqual([]);
  await press('Escape');
  await expect(list.tagMenu).toHaveCount(0);
  await expect(list.filter('Tags')).toBeFocused();
});

test('a filter that was typed is switched on, and switching it off takes it out of the text', async ({
  atlas,
}) => {
  const { list, search } = atlas;
  await search.searchFor('is:starred');
  await expect(list.filter('Starred')).toHaveAttribute('aria-pressed', 'true');
  await expect(list.heading).toHaveText('0 of 6 papers');
  await list.filter('Starred').click();
  await expect(search.box).toHaveValue('');
  await expect(list.heading).toHaveText('6 papers');
  await list.filter('Unread').click();
  await expect(search.box).toHaveValue('is:unread');
  await expect(list.filter('New')).toHaveAttribute('aria-pressed', 'false');
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, colorScheme: 'dark' });

  test('the filters stand in one row, and break no rule of accessibility', async ({ atlas, page }) => {
    const { list } = atlas;
    await list.filter('Unread').tap();
    await expect(list.filter('Unread')).toHaveAttribute('aria-pressed', 'true');
    const boxes = await Promise.all(
      ['Starred', 'Unread', 'New', 'Has note', 'Tags'].map((name) => list.filter(name).boundingBox()),
    );
    expect(new Set(boxes.map((box) => box?.y)).size).toBe(1);
    for (const box of boxes) expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
    await list.filter('Tags').tap();
    await expect(list.tagMenu).toContainText('No tags yet.');
    expect(await accessibilityFaults(page)).toEqual([]);
  });
});
