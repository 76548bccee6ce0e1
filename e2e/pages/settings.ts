import type { Locator, Page } from '@playwright/test';

export class Settings {
  readonly button: Locator;
  readonly dialog: Locator;

  constructor(page: Page) {
    this.button = page.getByRole('button', { name: 'Settings', exact: true });
    this.dialog = page.getByRole('dialog', { name: 'Settings' });
  }

  async open(): Promise<void> {
    await this.button.click();
  }
}
