import type { Locator, Page } from '@playwright/test';

export class PaperList {
  readonly region: Locator;
  /** Tells how many papers there are: "199 papers", or "3 of 199 papers" while searching. */
  readonly heading: Locator;
  /** The rows that stand in the document, the one that heads a group too; a long list keeps only those near the view. */
  readonly rows: Locator;
  readonly sort: Locator;
  /** All papers, or those that came since some moment. */
  readonly since: Locator;
  /** Folds and unfolds what is near to the search, but probably no answer. */
  readonly further: Locator;
  /** There while a search is not yet compared by meaning. */
  readonly soFar: Locator;
  /** Parts of titles and abstracts that a search has matched. */
  readonly marks: Locator;
  /** What can be done with the papers that are selected. */
  readonly selection: Locator;

  constructor(page: Page) {
    this.region = page.getByRole('region', { name: 'Papers', exact: true });
    this.heading = this.region.getByRole('heading', { level: 2 });
    this.rows = this.region.getByRole('list').last().getByRole('listitem');
    this.since = this.region.getByRole('combobox', { name: 'Show papers by when they came' });
    this.sort = this.region.getByRole('combobox', { name: 'Sort papers by' });
    this.further = this.region.getByRole('button', { name: /^Further away \(\d+\)$/ });
    this.soFar = this.region.getByText('by words so far');
    this.marks = this.rows.locator('mark');
    this.selection = this.region.getByRole('group', { name: 'Selection' });
  }

  /** The control that opens a paper: its name begins with the title. */
  paper(title: string): Locator {
    const begins = new RegExp(`^${title.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}`);
    return this.region
      .getByRole('button', { name: begins })
      .or(this.region.getByRole('link', { name: begins }));
  }

  /** The row at this place of the list, counted from 1, when it stands in the document. */
  row(place: number): Locator {
    return this.region.locator(`[role=listitem][aria-posinset="${place}"]`);
  }

  /** The control that opens the paper at this place. */
  at(place: number): Locator {
    return this.row(place).getByRole('button');
  }

  async openPaper(title: string): Promise<void> {
    await this.paper(title).click();
  }

  /** By the first words of the choice: "Title", "Nearness". */
  async sortBy(choice: string): Promise<void> {
    const option = this.sort.getByRole('option', { name: new RegExp(`^${choice}`) });
    await this.sort.selectOption({ value: (await option.getAttribute('value')) ?? choice });
  }

  /** "More like these", "Less like this", "Clear". */
  act(action: string): Locator {
    return this.selection.getByRole('button', { name: action, exact: true });
  }
}
