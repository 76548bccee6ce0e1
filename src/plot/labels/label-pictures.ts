import { BoundedCache } from '../../core/async/bounded-cache';
import type { Rect } from '../rect';

/** Line width of the halo stroked round letters, half of it under them; also the margin of a picture round its rect. */
export const haloPx = 3.5;
const maxPictures = 800;

/** Caches each label as a small picture: stroking all halos again would cost 10 ms a frame. */
export class LabelPictures {
  readonly #pictures = new BoundedCache<string, HTMLCanvasElement>(maxPictures);
  #ratio = 1;

  clear(ratio = this.#ratio): void {
    this.#ratio = ratio;
    this.#pictures.clear();
  }

  /**
   * Draws into a context whose unit is the device px; `rect` is in CSS px. `paint` is called when there is no picture for
   * the key: its unit is the CSS px, its origin that of the rect.
   */
  draw(
    target: CanvasRenderingContext2D,
    key: string,
    rect: Rect,
    alpha: number,
    paint: (context: CanvasRenderingContext2D) => void,
    slackPx = 2,
  ): void {
    let picture = this.#pictures.get(key);
    if (picture === undefined) {
      picture = this.#paintPicture(rect, slackPx, paint);
      this.#pictures.set(key, picture);
    }
    target.globalAlpha = alpha;
    // Whole device pixels, or letters would blur while the map moves.
    const left = Math.round((rect.left - haloPx) * this.#ratio);
    target.drawImage(picture, left, Math.round((rect.top - haloPx) * this.#ratio));
    target.globalAlpha = 1;
  }

  #paintPicture(
    rect: Rect,
    slackPx: number,
    paint: (context: CanvasRenderingContext2D) => void,
  ): HTMLCanvasElement {
    const canvas = document.createElement('canvas');
    canvas.width = Math.ceil((rect.right - rect.left + slackPx + 2 * haloPx) * this.#ratio);
    canvas.height = Math.ceil((rect.bottom - rect.top + 2 * haloPx) * this.#ratio);
    const context = canvas.getContext('2d');
    if (context === null) return canvas;
    context.scale(this.#ratio, this.#ratio);
    context.translate(haloPx, haloPx);
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    context.lineWidth = haloPx;
    paint(context);
    return canvas;
  }
}
