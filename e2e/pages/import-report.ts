import type { Locator, Page } from '@playwright/test';

export class ImportReport {
  readonly region: Locator;
  readonly columns: Locator;

  constructor(page: Page) {
    this.region = page.getByRole('region', { name: 'Import report' });
    this.columns = page.getByRole('dialog', { name: 'What the columns hold' });
  }

  /** The line of one file. */
  file(name: string): Locator {
    return this.region.getByRole('listitem').filter({ hasText: name });
  }

  async act(file: string, action: RegExp): Promise<void> {
    await this.file(file).getByRole('button', { name: action }).click();
  }
}
