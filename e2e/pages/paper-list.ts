import type { Locator, Page } from '@playwright/test';

export class PaperList {
  readonly region: Locator;
  /** Tells how many papers there are: "199 papers", or "3 of 199 papers" while searching. */
  readonly heading: Locator;
  /** The rows that stand in the document; a long list keeps only those near the view. */
  readonly rows: Locator;

  constructor(page: Page) {
    this.region = page.getByRole('region', { name: 'Papers', exact: true });
    this.heading = this.region.getByRole('heading', { level: 2 });
    this.rows = this.region.getByRole('listitem');
  }

  /** The control that opens a paper: its name begins with the title. */
  paper(title: string): Locator {
    const begins = new RegExp(`^${title.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}`);
    return this.region
      .getByRole('button', { name: begins })
      .or(this.region.getByRole('link', { name: begins }));
  }

  async openPaper(title: string): Promise<void> {
    await this.paper(title).click();
  }
}
