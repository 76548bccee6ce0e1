import type { Locator, Page } from '@playwright/test';

export interface RelatedPaper {
  title: string;
  /** The cosine as shown, with two digits. */
  similarity: number;
}

/** The end of the accessible name of the control that opens a related paper. */
const similarityEnd = /similarity -?\d\.\d\d$/;

export class Reader {
  readonly pane: Locator;
  readonly title: Locator;
  readonly nearest: Locator;
  readonly previous: Locator;
  readonly next: Locator;
  readonly links: Locator;
  /** The explanations of nearest papers that are open. */
  readonly explanation: Locator;
  readonly sources: Locator;
  /** Pressed once the paper is starred. */
  readonly star: Locator;
  /** Pressed while the paper counts as read. */
  readonly read: Locator;
  readonly tags: Locator;
  readonly newTag: Locator;
  readonly note: Locator;

  constructor(page: Page) {
    this.pane = page.getByRole('complementary', { name: 'Reader' });
    this.title = this.pane.getByRole('heading', { level: 2 });
    this.nearest = this.pane.getByRole('region', { name: 'Nearest papers' }).getByRole('listitem');
    this.previous = this.pane.getByRole('button', { name: 'Previous paper' });
    this.next = this.pane.getByRole('button', { name: 'Next paper' });
    this.sources = this.pane.getByRole('region', { name: 'Sources' }).getByRole('listitem');
    const marks = this.pane.getByRole('group', { name: 'Your marks' });
    this.star = marks.getByRole('button', { name: 'Star', exact: true });
    this.read = marks.getByRole('button', { name: 'Read', exact: true });
    this.tags = marks.getByRole('list', { name: 'Your tags' }).getByRole('listitem');
    this.newTag = marks.getByRole('combobox', { name: 'Add a tag' });
    this.note = this.pane.getByRole('textbox', { name: 'Your note' });
    this.explanation = this.pane.getByRole('group', { name: 'Why these two are near' });
    this.links = this.pane.getByRole('link');
  }

  /** Opens and closes the explanation of the paper at this rank, from 0. */
  why(rank: number): Locator {
    return this.nearest.nth(rank).getByRole('button', { name: /^Why: / });
  }

  /** Opens the paper at this rank. */
  async openRelated(rank: number): Promise<void> {
    await this.nearest.nth(rank).getByRole('button', { name: similarityEnd }).click();
  }

  /** The current list of nearest papers. */
  async related(): Promise<RelatedPaper[]> {
    const lines = await this.nearest.getByRole('button', { name: similarityEnd }).allInnerTexts();
    return lines.map((line) => {
      const [, title = '', value] = /^([\s\S]*?)\s*similarity\s*(-?[\d.]+)\s*$/.exec(line) ?? [];
      return { title: title.trim(), similarity: Number(value) };
    });
  }
}
