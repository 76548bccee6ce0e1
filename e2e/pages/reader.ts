import type { Locator, Page } from '@playwright/test';

export interface RelatedPaper {
  title: string;
  /** Cosine as the reader shows it, of two digits. */
  similarity: number;
}

/** Ends the name of the control that opens a related paper. */
const nearness = /similarity -?\d\.\d\d$/;

export class Reader {
  readonly pane: Locator;
  readonly title: Locator;
  readonly nearest: Locator;
  readonly previous: Locator;
  readonly next: Locator;
  readonly links: Locator;
  /** Why a paper is near the open one, as far as it is open. */
  readonly reasons: Locator;
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
    this.reasons = this.pane.getByRole('group', { name: 'Why these two are near' });
    this.links = this.pane.getByRole('link');
  }

  /** Opens and closes the reasons for the paper of this rank, from 0. */
  why(rank: number): Locator {
    return this.nearest.nth(rank).getByRole('button', { name: /^Why: / });
  }

  /** Goes to the paper of this rank. */
  async openRelated(rank: number): Promise<void> {
    await this.nearest.nth(rank).getByRole('button', { name: nearness }).click();
  }

  /** The list of nearest papers as it stands. */
  async related(): Promise<RelatedPaper[]> {
    const lines = await this.nearest.getByRole('button', { name: nearness }).allInnerTexts();
    return lines.map((line) => {
      const [, title = '', value] = /^([\s\S]*?)\s*similarity\s*(-?[\d.]+)\s*$/.exec(line) ?? [];
      return { title: title.trim(), similarity: Number(value) };
    });
  }
}
