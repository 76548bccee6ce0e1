import type { Locator, Page } from '@playwright/test';

export class SearchBox {
  readonly box: Locator;

  constructor(page: Page) {
    this.box = page.getByRole('search').getByRole('searchbox', { name: 'Search papers' });
  }

  async seek(query: string): Promise<void> {
    await this.box.fill(query);
  }
}
