import type { Locator, Page } from '@playwright/test';

export class Progress {
  readonly status: Locator;
  readonly pauseButton: Locator;
  readonly resumeButton: Locator;
  readonly stopButton: Locator;

  constructor(page: Page) {
    this.status = page.getByRole('status', { name: 'Progress' });
    this.pauseButton = page.getByRole('button', { name: 'Pause', exact: true });
    this.resumeButton = page.getByRole('button', { name: 'Resume', exact: true });
    this.stopButton = page.getByRole('button', { name: 'Stop', exact: true });
  }
}
