import type { Locator, Page } from '@playwright/test';

export class MapView {
  readonly region: Locator;
  readonly canvas: Locator;

  constructor(page: Page) {
    this.region = page.getByRole('region', { name: 'Map of papers' });
    this.canvas = this.region.locator('canvas').first();
  }

  /**
   * How many of the canvas's pixels differ from its most frequent colour: nothing for an empty map, more the more is
   * drawn. Read from a screenshot, so it sees what the reader sees.
   */
  async inkedPixels(): Promise<number> {
    const screenshot = (await this.canvas.screenshot()).toString('base64');
    return this.canvas.page().evaluate(async (png) => {
      const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
      if (!context) throw new Error('expected a 2D context');
      context.drawImage(image, 0, 0);
      const pixels = new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);
      const counts = new Map<number, number>();
      for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
      return pixels.length - Math.max(...counts.values());
    }, screenshot);
  }
}
