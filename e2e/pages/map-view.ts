import type { Locator, Page } from '@playwright/test';

export class MapView {
  readonly region: Locator;
  readonly canvas: Locator;
  /** The focusable part of the map. */
  readonly surface: Locator;
  /** The paper chosen by the keyboard. */
  readonly current: Locator;
  /** Shown until the map by meaning is there. */
  readonly provisionalNote: Locator;
  readonly zoomIn: Locator;
  readonly zoomOut: Locator;
  readonly fit: Locator;
  /** Shown while the results of a search are not all in view, or are small in it. */
  readonly showResults: Locator;
  readonly summary: Locator;
  readonly #card: Locator;

  constructor(page: Page) {
    this.region = page.getByRole('region', { name: 'Map of papers' });
    this.canvas = this.region.locator('canvas').first();
    this.surface = this.region.getByRole('listbox');
    this.current = this.surface.getByRole('option');
    this.provisionalNote = this.region.getByText(/provisional map/i);
    this.zoomIn = page.getByRole('button', { name: 'Zoom in' });
    this.zoomOut = page.getByRole('button', { name: 'Zoom out' });
    this.fit = page.getByRole('button', { name: 'Fit map' });
    this.showResults = page.getByRole('button', { name: 'Show results on the map' });
    this.summary = this.region.getByText(/papers? on the map/);
    this.#card = this.region.locator('.map-card');
  }

  /** Moves the pointer over the map until it is over a paper; returns its title. */
  async pointAtSomePaper(): Promise<string> {
    const box = await this.surface.boundingBox();
    if (!box) throw new Error('expected the map to be on the page');
    const { mouse } = this.surface.page();
    const step = 18;
    for (let y = box.height / 4; y < (3 * box.height) / 4; y += step) {
      for (let x = box.width / 4; x < (3 * box.width) / 4; x += step) {
        await mouse.move(box.x + x, box.y + y);
        const title = await this.cardTitle();
        if (title !== null) return title;
      }
    }
    throw new Error('expected a paper in the middle of the map');
  }

  /** The title on the hover card; null while there is no card. */
  async cardTitle(): Promise<string | null> {
    return this.#card.evaluate(async (card: HTMLElement) => {
      // The map updates the card in its next frame.
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      return card.hidden ? null : (card.firstElementChild?.textContent ?? '');
    });
  }

  /** Number of pixels of the canvas that have exactly the colour of this token of the page: the cores of points. */
  async pixelsOf(token: '--ink' | '--point' | '--point-dim'): Promise<number> {
    return this.canvas.evaluate((canvas: HTMLCanvasElement, token) => {
      const probe = new OffscreenCanvas(1, 1).getContext('2d');
      const drawn = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height);
      if (!probe || !drawn) throw new Error('expected a 2D context');
      probe.fillStyle = getComputedStyle(canvas).getPropertyValue(token);
      probe.fillRect(0, 0, 1, 1);
      const [wanted] = new Uint32Array(probe.getImageData(0, 0, 1, 1).data.buffer);
      return new Uint32Array(drawn.data.buffer).filter((pixel) => pixel === wanted).length;
    }, token);
  }

  /** Number of pixels of points and names of topics; everything else on the map is grey, except the accent. */
  async colouredPixels(): Promise<number> {
    return this.canvas.evaluate((canvas: HTMLCanvasElement) => {
      const drawn = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height);
      if (!drawn) throw new Error('expected a 2D context');
      let coloured = 0;
      for (let at = 0; at < drawn.data.length; at += 4) {
        const [red = 0, green = 0, blue = 0, alpha = 0] = drawn.data.subarray(at, at + 4);
        if (alpha === 255 && Math.max(red, green, blue) - Math.min(red, green, blue) > 40) coloured += 1;
      }
      return coloured;
    });
  }

  /**
   * Number of different images on the canvas in the half second after a button is pressed. The page's clock is advanced
   * by frames, so that the motion is the same however slow the machine is.
   */
  async imagesDuring(pressed: Locator): Promise<number> {
    const button = await pressed.elementHandle();
    return this.canvas.evaluate(async (canvas: HTMLCanvasElement, button) => {
      const context = canvas.getContext('2d');
      if (!context || !(button instanceof HTMLElement)) throw new Error('expected a canvas and a button');
      const images = new Set<string>();
      let nowMs = performance.now();
      const endMs = nowMs + 512;
      Object.defineProperty(performance, 'now', { value: () => nowMs, configurable: true });
      button.click();
      for (; nowMs < endMs; nowMs += 16) {
        await new Promise(requestAnimationFrame);
        const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
        const digest = await crypto.subtle.digest('SHA-256', data);
        images.add(new Uint8Array(digest).join(' '));
      }
      Reflect.deleteProperty(performance, 'now');
      return images.size;
    }, button);
  }

  /**
   * Number of pixels of the canvas that differ from its most frequent colour: 0 for an empty map, more the more is drawn.
   * Read from a screenshot, so it counts what the reader sees.
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
