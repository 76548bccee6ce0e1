import { expect, test } from './fixtures/test';

test.beforeEach(({ server }) => {
  server.holdModel();
  server.shipFew(6);
});

test('a first visit says what this is until something is done, and never again', async ({ atlas, page }) => {
  const welcome = page.getByText(/^Each point is a paper, close to those/);
  await atlas.open();
  await expect(welcome).toBeVisible();
  await atlas.list.row(1).getByRole('button').click();
  await expect(welcome).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(atlas.reader.pane).toHaveCount(0);
  await expect(welcome).toHaveCount(0);
  await page.reload();
  await expect(atlas.list.heading).toHaveText('6 papers');
  await expect(welcome).toHaveCount(0);
});

test('while the shipped digest is on its way, the list says so', async ({ atlas, page, server }) => {
  server.replace('corpus/few.json', { status: 0 });
  await atlas.open();
  await expect(atlas.list.heading).toHaveText('Papers are on their way');
  await expect(page.getByText('0 papers')).toHaveCount(0);
});

test('a paper without an address is found on the web, by the engine that the reader chose', async ({
  atlas,
  page,
}) => {
  await atlas.open();
  await atlas.list.row(1).getByRole('button').click();
  const link = atlas.reader.pane.getByRole('link', { name: 'Find on the web' });
  await expect(link).toHaveAttribute('href', /^https:\/\/duckduckgo\.com\/\?q=%22/);
  await expect(link).toHaveAttribute('rel', 'noopener noreferrer');
  await atlas.settings.open();
  await page.getByRole('radio', { name: 'Google Scholar' }).check();
  await atlas.settings.close();
  await expect(link).toHaveAttribute('href', /^https:\/\/scholar\.google\.com\//);
});

test('single-letter keys can be switched off, and stay off', async ({ atlas, page }) => {
  await atlas.open();
  await atlas.list.row(1).getByRole('button').click();
  await expect(atlas.reader.title).toBeFocused();
  await page.keyboard.press('s');
  await expect(atlas.reader.star).toHaveAttribute('aria-pressed', 'true');
  await atlas.settings.open();
  await page.getByRole('checkbox', { name: 'Single-letter keys' }).uncheck();
  await atlas.settings.close();
  await page.reload();
  await expect(atlas.reader.title).toBeVisible();
  await page.keyboard.press('s');
  await page.keyboard.press('?');
  await page.keyboard.press('Escape');
  await expect(atlas.reader.pane).toHaveCount(0);
  await expect(atlas.help.dialog).toHaveCount(0);
  await expect(atlas.list.row(1)).toContainText('Starred');
});

test('the help explains what this is, and finds a key by what it does', async ({ atlas, page }) => {
  await atlas.open();
  await atlas.help.button.click();
  for (const heading of [
    'What this is',
    'What the map means',
    'Where the data is',
    'What it is not',
    'Install it',
  ])
    await expect(atlas.help.dialog.getByRole('heading', { name: heading })).toBeVisible();
  await page.getByLabel('Find a key').fill('zoom');
  await expect(atlas.help.dialog.getByRole('definition')).toHaveText(['Zoom in and out']);
  await page.getByLabel('Find a key').fill('make tea');
  await expect(atlas.help.dialog).toContainText('No key does that.');
});

test('a library whose digests were all removed offers them again', async ({ atlas, page }) => {
  await atlas.open();
  await expect(atlas.list.heading).toHaveText('6 papers');
  await atlas.digests.open();
  await atlas.digests.act('A few papers', 'Remove');
  await atlas.digests.close();
  await expect(atlas.list.region).toContainText('No papers yet');
  await expect(atlas.map.region).toContainText('Drop a digest here: arXiv mail, BibTeX, RIS …, or a folder');
  await atlas.list.region.getByRole('button', { name: 'Bring back “A few papers”' }).focus();
  await page.keyboard.press('Enter');
  await expect(atlas.list.heading).toHaveText('6 papers');
  await expect(atlas.list.row(1).getByRole('button')).toBeFocused();
});
