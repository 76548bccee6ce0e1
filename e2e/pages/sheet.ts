import type { Locator, Page } from '@playwright/test';

/** The sheet with list and reader over the map of a phone. */
export class Sheet {
  /** Can be dragged, and moved from stop to stop by arrow keys. */
  readonly handle: Locator;

  constructor(page: Page) {
    this.handle = page.getByRole('button', { name: /^Show (the map|more)$/ });
  }

  /** Drags the handle to this height of the page, in px from its top. */
  async dragTo(y: number): Promise<void> {
    // waits until the sheet has come to rest: a box that is read on its way would be missed
    await this.handle.hover();
    const box = await this.handle.boundingBox();
    if (!box) throw new Error('expected the handle to be on the page');
    const { mouse } = this.handle.page();
    const x = box.x + box.width / 2;
    await mouse.move(x, box.y + box.height / 2);
    await mouse.down();
    await mouse.move(x, y, { steps: 5 });
    await mouse.up();
  }
}
