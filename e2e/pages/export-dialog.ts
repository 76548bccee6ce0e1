import type { Download, Locator, Page } from '@playwright/test';

export class ExportDialog {
  readonly button: Locator;
  readonly dialog: Locator;
  readonly what: Locator;
  readonly format: Locator;
  readonly withAnnotations: Locator;
  readonly preview: Locator;
  readonly save: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.button = page.getByRole('button', { name: 'Export', exact: true });
    this.dialog = page.getByRole('dialog', { name: 'Export' });
    this.what = this.dialog.getByRole('combobox', { name: 'What' });
    this.format = this.dialog.getByRole('combobox', { name: 'Format' });
    this.withAnnotations = this.dialog.getByRole('checkbox', { name: 'Include my notes, stars and tags' });
    this.preview = this.dialog.getByLabel('The first record');
    this.save = this.dialog.getByRole('button', { name: 'Save file' });
  }

  /** Saves what is chosen; resolves to the download. */
  async saved(): Promise<Download> {
    const [download] = await Promise.all([this.#page.waitForEvent('download'), this.save.click()]);
    return download;
  }
}
