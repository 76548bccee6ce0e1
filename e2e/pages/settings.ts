import type { Locator, Page } from '@playwright/test';

export class Settings {
  readonly button: Locator;
  readonly dialog: Locator;
  readonly diagnostics: Locator;
  /** Attempts of this session to start the engine, oldest first. */
  readonly attempts: Locator;

  constructor(page: Page) {
    this.button = page.getByRole('button', { name: 'Settings', exact: true });
    this.dialog = page.getByRole('dialog', { name: 'Settings' });
    this.diagnostics = this.dialog.getByRole('region', { name: 'Diagnostics' });
    this.attempts = this.diagnostics.getByRole('listitem');
  }

  async open(): Promise<void> {
    await this.button.click();
  }

  async close(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Close' }).click();
  }

  async choose(group: 'Appearance' | 'Engine', choice: string): Promise<void> {
    await this.dialog.getByRole('group', { name: group }).getByRole('radio', { name: choice }).check();
  }
}
