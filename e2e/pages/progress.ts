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

  /** Takes down all that the line says from now on; the returned function gives it. */
  async listen(): Promise<() => Promise<string[]>> {
    const said = await this.status.evaluateHandle((status) => {
      const lines: string[] = [];
      const hear = () => lines.push(status.textContent.trim());
      new MutationObserver(hear).observe(status, { subtree: true, childList: true, characterData: true });
      hear();
      return lines;
    });
    return () => said.jsonValue();
  }
}
