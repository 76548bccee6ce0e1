import type { Locator, Page } from '@playwright/test';

export class ImportReport {
  readonly region: Locator;

  constructor(page: Page) {
    this.region = page.getByRole('region', { name: 'Import report' });
  }
}
