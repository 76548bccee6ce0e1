import type { Locator, Page } from '@playwright/test';

/** Messages to the reader outside the status line. */
export class Notices {
  /** Failures, which are announced at once. */
  readonly alerts: Locator;
  readonly #facts: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.alerts = page.getByRole('alert');
    this.#facts = page.getByRole('status');
  }

  /** The notice of any kind that contains these words. */
  about(words: RegExp): Locator {
    return this.alerts.or(this.#facts).filter({ hasText: words });
  }

  async act(label: string): Promise<void> {
    await this.#page.getByRole('button', { name: label, exact: true }).click();
  }
}
