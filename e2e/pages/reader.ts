import type { Locator, Page } from '@playwright/test';

export interface RelatedPaper {
  title: string;
  /** Cosine as the reader shows it, of two digits. */
  similarity: number;
}

export class Reader {
  readonly pane: Locator;
  readonly title: Locator;
  readonly nearest: Locator;
  readonly previous: Locator;
  readonly next: Locator;
  readonly links: Locator;
  readonly sources: Locator;

  constructor(page: Page) {
    this.pane = page.getByRole('complementary', { name: 'Reader' });
    this.title = this.pane.getByRole('heading', { level: 2 });
    this.nearest = this.pane.getByRole('region', { name: 'Nearest papers' }).getByRole('listitem');
    this.previous = this.pane.getByRole('button', { name: 'Previous paper' });
    this.next = this.pane.getByRole('button', { name: 'Next paper' });
    this.sources = this.pane.getByRole('region', { name: 'Sources' }).getByRole('listitem');
    this.links = this.pane.getByRole('link');
  }

  /** The list of nearest papers as it stands. */
  async related(): Promise<RelatedPaper[]> {
    const lines = await this.nearest.getByRole('button').allInnerTexts();
    return lines.map((line) => {
      const [, title = '', value] = /^([\s\S]*?)\s*similarity\s*(-?[\d.]+)\s*$/.exec(line) ?? [];
      return { title: title.trim(), similarity: Number(value) };
    });
  }
}
