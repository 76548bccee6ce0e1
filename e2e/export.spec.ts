import { readFile } from 'node:fs/promises';
import { accessibilityFaults } from './fixtures/axe';
import { expect, test } from './fixtures/test';

test('starred papers are exported by keys alone, and their marks come along when that is chosen', async ({
  atlas,
  server,
  page,
}) => {
  const [first, second] = server.shipFew(6);
  server.holdModel();
  await atlas.open();
  await atlas.reaches('list');
  await atlas.list.openPaper(first?.title ?? '');
  await page.keyboard.press('s');
  await expect(atlas.reader.star).toHaveAttribute('aria-pressed', 'true');
  await atlas.reader.note.fill('Compare with the causal ones.');
  await expect(atlas.reader.pane.getByText('Saved', { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');

  const { exporting } = atlas;
  await exporting.button.focus();
  await page.keyboard.press('Enter');
  await expect(exporting.dialog).toBeVisible();
  await exporting.what.focus();
  await page.keyboard.type('Starred');
  await expect(exporting.what).toHaveValue('starred');
  await expect(exporting.preview).toContainText('@');
  await expect(exporting.preview).toContainText((first?.title ?? '').slice(0, 20));
  await expect(exporting.preview).not.toContainText('Compare with the causal ones.');
  await exporting.withAnnotations.focus();
  await page.keyboard.press('Space');
  await expect(exporting.preview).toContainText('Compare with the causal ones.');
  await expect(exporting.dialog).toContainText(/One paper\s*[1-9]/);
  expect(await accessibilityFaults(page)).toEqual([]);

  await exporting.save.focus();
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  expect(download.suggestedFilename()).toBe('starred.bib');
  const text = await readFile(await download.path(), 'utf8');
  expect(text).toContain('annote');
  expect(text).toContain('Compare with the causal ones.');
  expect(text).not.toContain(second?.title ?? 'a second paper');
  await expect(exporting.dialog).toHaveCount(0);
  await expect(exporting.button).toBeFocused();
});

test('each format is written, and one that the app reads is here already when it is added again', async ({
  atlas,
  server,
}) => {
  server.shipFew(6);
  server.holdModel();
  await atlas.open();
  await atlas.reaches('list');
  const { exporting } = atlas;
  await exporting.button.click();
  const options = exporting.format.getByRole('option');
  await expect(options.first()).toHaveText('BibTeX');
  const formats = await options.allTextContents();
  expect(formats.slice(0, 3)).toEqual(['BibTeX', 'BibLaTeX', 'RIS']);
  await exporting.dialog.getByRole('button', { name: 'Close' }).click();
  for (const format of formats) {
    await exporting.button.click();
    await exporting.what.selectOption('Everything');
    await exporting.format.selectOption(format);
    await expect(exporting.save).toBeEnabled();
    const download = await exporting.saved();
    const buffer = await readFile(await download.path());
    expect(buffer.length, format).toBeGreaterThan(200);
    if (format === 'Map (CSV)') continue;
    await atlas.addFiles({ name: download.suggestedFilename(), mimeType: 'text/plain', buffer });
    await expect(atlas.importReport.region, format).toContainText(/0 new|no new|already/i);
    await expect(atlas.list.heading).toHaveText('6 papers');
  }
});

test('nothing to export is said, and says what would change that', async ({ atlas, server }) => {
  server.shipFew(6);
  server.holdModel();
  await atlas.open();
  await atlas.reaches('list');
  await atlas.exporting.button.click();
  await atlas.exporting.what.selectOption('Selection');
  await expect(atlas.exporting.dialog).toContainText('Nothing is selected.');
  await expect(atlas.exporting.save).toBeDisabled();
});
