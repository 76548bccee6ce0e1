import type { Locator, Page } from '@playwright/test';

export class Progress {
  readonly status: Locator;

  constructor(page: Page) {
    this.status = page.getByRole('status', { name: 'Progress' });
  }
}
