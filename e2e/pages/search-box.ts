import type { Locator, Page } from '@playwright/test';

export class SearchBox {
  readonly box: Locator;
  /** What can be taken for the word at the caret; absent while there is nothing. */
  readonly completions: Locator;
  /** The one of them that the arrow keys are at. */
  readonly chosen: Locator;
  readonly howTo: Locator;
  readonly card: Locator;
  /** One removable chip for each. */
  readonly filters: Locator;
  /** What was not done as it was perhaps meant. */
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

  async seek(query: string): Promise<void> {
    await this.box.fill(query);
  }

  completion(label: string): Locator {
    return this.completions.getByRole('option', { name: label });
  }

  /** By what its chip says: "Author: márquez". */
  filter(label: string): Locator {
    return this.filters.and(
      this.box.page().getByRole('button', { name: `Remove filter: ${label}`, exact: true }),
    );
  }

  example(text: string): Locator {
    return this.card.getByRole('button', { name: text, exact: true });
  }

  /** Pastes a text into the field by the keyboard, as one who has copied it elsewhere. */
  async paste(text: string): Promise<void> {
    await this.box.page().context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await this.box.page().evaluate((copied) => navigator.clipboard.writeText(copied), text);
    await this.box.press('ControlOrMeta+v');
  }
}
