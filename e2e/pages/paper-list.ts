import type { Locator, Page } from '@playwright/test';

export class PaperList {
  readonly region: Locator;
  /** The number of papers: "199 papers", or "3 of 199 papers" while searching. */
  readonly heading: Locator;
  /** The rows in the document, including the head of a group; of a long list only those near the view. */
  readonly rows: Locator;
  readonly sort: Locator;
  /** All papers, or those added since some time. */
  readonly since: Locator;
  /** Folds and unfolds the lower-ranked papers. */
  readonly lowerRanked: Locator;
  /** Shown while the results are keyword matches only. */
  readonly keywordOnly: Locator;
  /** Marked matches in titles and abstracts. */
  readonly marks: Locator;
  /** Switches for what the list is narrowed to. */
  readonly filters: Locator;
  readonly tagMenu: Locator;
  /** The bar of actions for the selected papers. */
  readonly selection: Locator;

  constructor(page: Page) {
    this.region = page.getByRole('region', { name: 'Papers', exact: true });
    this.heading = this.region.getByRole('heading', { level: 2 });
    this.rows = this.region.getByRole('list').last().getByRole('listitem');
    this.since = this.region.getByRole('combobox', { name: 'Show papers by when they came' });
    this.sort = this.region.getByRole('combobox', { name: 'Sort papers by' });
    this.lowerRanked = this.region.getByRole('button', { name: /^Lower-ranked \(\d+\)$/ });
    this.keywordOnly = this.region.getByText('Keyword matches; reading your question…');
    this.marks = this.rows.locator('mark');
    this.filters = this.region.getByRole('group', { name: 'Filters' });
    this.tagMenu = this.region.getByRole('dialog', { name: 'Filter by tag' });
    this.selection = this.region.getByRole('group', { name: 'Selection' });
  }

  /** The control that opens a paper: its name begins with the title. */
  paper(title: string): Locator {
    const begins = new RegExp(`^${title.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}`);
    return this.region
      .getByRole('button', { name: begins })
      .or(this.region.getByRole('link', { name: begins }));
  }

  /** The row at this position of the list, counted from 1, if it is in the document. */
  row(place: number): Locator {
    return this.region.locator(`[role=listitem][aria-posinset="${place}"]`);
  }

  /** The control that opens the paper at this position. */
  at(place: number): Locator {
    return this.row(place).getByRole('button');
  }

  async openPaper(title: string): Promise<void> {
    await this.paper(title).click();
  }

  /** By the first words of the choice: "Title", "Similarity". */
  async sortBy(choice: string): Promise<void> {
    const option = this.sort.getByRole('option', { name: new RegExp(`^${choice}`) });
    await this.sort.selectOption({ value: (await option.getAttribute('value')) ?? choice });
  }

  filter(name: string): Locator {
    return this.filters.getByRole('button', { name, exact: true });
  }

  /** "More like these", "Less like this", "Clear". */
  act(action: string): Locator {
    return this.selection.getByRole('button', { name: action, exact: true });
  }
}
