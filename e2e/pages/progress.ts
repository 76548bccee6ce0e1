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

  /** Records every text of the line from now on; the returned function returns them. */
  async record(): Promise<() => Promise<string[]>> {
    const recorded = await this.status.evaluateHandle((status) => {
      const lines: string[] = [];
      const add = () => lines.push(status.textContent.trim());
      new MutationObserver(add).observe(status, { subtree: true, childList: true, characterData: true });
      add();
      return lines;
    });
    return () => recorded.jsonValue();
  }
}
