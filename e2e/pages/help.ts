import type { Locator, Page } from '@playwright/test';

export class Help {
  readonly button: Locator;
  readonly dialog: Locator;

  constructor(page: Page) {
    this.button = page.getByRole('button', { name: 'Help', exact: true });
    this.dialog = page.getByRole('dialog', { name: 'Help' });
  }
}
