import type { Locator, Page } from '@playwright/test';

export class MapView {
  readonly region: Locator;
  readonly canvas: Locator;
  /** The one part of it that takes the focus. */
  readonly surface: Locator;
  /** The paper that the keyboard is at. */
  readonly current: Locator;
  /** Says that the map is not yet the one by meaning. */
  readonly provisionalNote: Locator;
  readonly zoomIn: Locator;
  readonly zoomOut: Locator;
  readonly fit: Locator;
  /** There while a search has found papers that are not all in view, or are small in it. */
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

  /** Moves the pointer over the map, as one who looks for a paper, until it is at one; gives its title. */
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

  /** The title on the card of the paper that one is at; null while there is no card. */
  async cardTitle(): Promise<string | null> {
    return this.#card.evaluate(async (card: HTMLElement) => {
      // The map draws what the pointer is at in its next frame.
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      return card.hidden ? null : (card.firstElementChild?.textContent ?? '');
    });
  }

  /** How many of the canvas's pixels are of exactly the colour of this token of the page: the cores of points. */
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

  /** Points and names of topics; all else on the map is grey but for the accent. */
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
   * How many different pictures the canvas shows in the half second after a button is pressed. To the page it is half a
   * second of smooth motion, however slow the machine is.
   */
  async picturesDuring(pressed: Locator): Promise<number> {
    const button = await pressed.elementHandle();
    return this.canvas.evaluate(async (canvas: HTMLCanvasElement, button) => {
      const context = canvas.getContext('2d');
      if (!context || !(button instanceof HTMLElement)) throw new Error('expected a canvas and a button');
      const pictures = new Set<string>();
      let nowMs = performance.now();
      const endMs = nowMs + 512;
      Object.defineProperty(performance, 'now', { value: () => nowMs, configurable: true });
      button.click();
      for (; nowMs < endMs; nowMs += 16) {
        await new Promise(requestAnimationFrame);
        const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
        const digest = await crypto.subtle.digest('SHA-256', data);
        pictures.add(new Uint8Array(digest).join(' '));
      }
      Reflect.deleteProperty(performance, 'now');
      return pictures.size;
    }, button);
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
