import type { Rect } from '../rect';

/** Ground round the letters of a title, half of it under them; and what a picture has room for beyond its rect. */
export const haloPx = 3.5;
const mostKept = 800;

/** Keeps each label as a small picture: stroking their halos anew would cost 10 ms a frame. */
export class LabelPictures {
  readonly #pictures = new Map<string, HTMLCanvasElement>();
  #ratio = 1;

  clear(ratio = this.#ratio): void {
    this.#ratio = ratio;
    this.#pictures.clear();
  }

  /**
   * Draws into a context whose unit is the device px; `rect` is in CSS px. `paint` is called for what there is no picture
   * of: its unit is the CSS px, its origin that of the rect.
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
      if (this.#pictures.size > mostKept) this.#pictures.clear();
      picture = this.#made(rect, slackPx, paint);
      this.#pictures.set(key, picture);
    }
    target.globalAlpha = alpha;
    // Whole device pixels, or letters would blur while the map moves.
    const left = Math.round((rect.left - haloPx) * this.#ratio);
    target.drawImage(picture, left, Math.round((rect.top - haloPx) * this.#ratio));
    target.globalAlpha = 1;
  }

  #made(rect: Rect, slackPx: number, paint: (context: CanvasRenderingContext2D) => void): HTMLCanvasElement {
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
