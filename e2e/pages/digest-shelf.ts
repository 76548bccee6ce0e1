import type { Locator, Page } from '@playwright/test';

/** The dialog that lists the digests, open or not. */
export class DigestShelf {
  readonly button: Locator;
  readonly dialog: Locator;
  /** Pairs of papers that look like one. */
  readonly offers: Locator;

  constructor(page: Page) {
    this.button = page.getByRole('button', { name: 'Digests', exact: true });
    this.dialog = page.getByRole('dialog', { name: 'Digests' });
    this.offers = this.dialog.getByRole('region', { name: /look like one/ });
  }

  async open(): Promise<void> {
    await this.button.click();
  }

  async close(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Close' }).click();
  }

  digest(name: string): Locator {
    return this.dialog.getByRole('listitem').filter({ hasText: name });
  }

  /** "Rename", "Hide", "Show", "Remove", "Bring back". */
  async act(name: string, action: string): Promise<void> {
    await this.digest(name)
      .getByRole('button', { name: new RegExp(`^${action} `) })
      .click();
  }
}
