import type { Locator, Page } from '@playwright/test';

export class SearchBox {
  readonly box: Locator;
  /** Completions of the word at the caret; absent while there are none. */
  readonly completions: Locator;
  /** The completion chosen by the arrow keys. */
  readonly chosen: Locator;
  readonly howTo: Locator;
  readonly card: Locator;
  /** The chips, one for each filter. */
  readonly filters: Locator;
  /** Remarks on parts of the query that were not read as a reader may have meant them. */
  readonly remarks: Locator;

  constructor(page: Page) {
    const search = page.getByRole('search');
    this.box = search.getByRole('searchbox', { name: 'Search papers' });
    this.completions = search.getByRole('listbox', { name: 'Completions' });
    this.chosen = this.completions.getByRole('option', { selected: true });
    this.howTo = search.getByRole('button', { name: 'How to search' });
    this.card = search.getByRole('dialog', { name: 'How to search' });
    this.filters = page.getByRole('button', { name: /^Remove filter: / });
    this.remarks = page.getByRole('status', { name: 'About this search' });
  }

  async searchFor(query: string): Promise<void> {
    await this.box.fill(query);
  }

  completion(label: string): Locator {
    return this.completions.getByRole('option', { name: label });
  }

  /** By the label of its chip: "Author: márquez". */
  filter(label: string): Locator {
    return this.filters.and(
      this.box.page().getByRole('button', { name: `Remove filter: ${label}`, exact: true }),
    );
  }

  example(text: string): Locator {
    return this.card.getByRole('button', { name: text, exact: true });
  }

  /** Pastes a text into the field by the keyboard, from the clipboard. */
  async paste(text: string): Promise<void> {
    await this.box.page().context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await this.box.page().evaluate((copied) => navigator.clipboard.writeText(copied), text);
    await this.box.press('ControlOrMeta+v');
  }
}
