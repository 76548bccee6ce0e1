import type { Locator, Page } from '@playwright/test';

export class Reader {
  readonly pane: Locator;
  readonly title: Locator;

  constructor(page: Page) {
    this.pane = page.getByRole('complementary', { name: 'Reader' });
    this.title = this.pane.getByRole('heading', { level: 2 });
  }
}
