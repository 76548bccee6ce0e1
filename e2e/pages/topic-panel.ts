import type { Locator, Page } from '@playwright/test';

export class TopicPanel {
  readonly region: Locator;
  /** Opens and closes the list; shows the number of topics: "5 topics", or "2 of 5 topics" while searching. */
  readonly heading: Locator;
  /** One for each topic of the list; pressed while the search is narrowed to it. */
  readonly topics: Locator;
  readonly chosen: Locator;

  constructor(page: Page) {
    this.region = page.getByRole('region', { name: 'Topics', exact: true });
    this.heading = this.region.getByRole('heading', { level: 2 }).getByRole('button');
    this.topics = this.region.getByRole('list').getByRole('button');
    this.chosen = this.region.getByRole('list').getByRole('button', { pressed: true });
  }

  topic(name: string): Locator {
    return this.region.getByRole('list').getByRole('button', { name, exact: false });
  }

  /** Names in the order of the list, with the number of results and of all papers. */
  async lines(): Promise<{ name: string; found: number; papers: number }[]> {
    const texts = await this.topics.evaluateAll((buttons) =>
      buttons.map((button) => ({
        name: button.querySelector('.name')?.textContent ?? '',
        count: button.querySelector('.visually-hidden')?.textContent ?? '',
      })),
    );
    return texts.map(({ name, count }) => {
      const [, found, of] = /(\d+)(?: of (\d+))? papers?/.exec(count) ?? [];
      return { name, found: Number(found), papers: Number(of ?? found) };
    });
  }
}
