import type { Size } from './frame';
import { drawIsolines, type Pen } from './draw-marks';
import type { Isolines } from './isolines';

/** Ground drawn beyond each edge of the map, as a share of it: so far one can pan before lines are drawn anew. */
const spare = 0.25;

/** Isolines as a picture that follows a pan: stroking those of a large library takes longer than a frame has. */
export class IsolineLayer {
  readonly #canvas = document.createElement('canvas');
  readonly #context = this.#canvas.getContext('2d');
  #size: Size = { widthPx: 1, heightPx: 1 };
  #ratio = 1;
  #last: Look | null = null;
  #drawn: (Look & { x: number; y: number }) | null = null;

  resize(size: Size, ratio: number): void {
    this.#size = size;
    this.#ratio = ratio;
    this.#canvas.width = Math.ceil(size.widthPx * (1 + 2 * spare) * ratio);
    this.#canvas.height = Math.ceil(size.heightPx * (1 + 2 * spare) * ratio);
    this.#drawn = null;
  }

  /** Draws with a pen in CSS px. A picture is made only once the scale stands: while it changes none could be kept. */
  draw(pen: Pen, isolines: Isolines, alpha: number): void {
    const { projection, colours } = pen;
    const look = { isolines, scale: projection.scale, stroke: colours.isoline };
    const stands = isSame(look, this.#last);
    this.#last = look;
    const left = spare * this.#size.widthPx;
    const top = spare * this.#size.heightPx;
    if (!stands || this.#context === null) {
      drawIsolines(pen, isolines, alpha);
      return;
    }
    const known = this.#drawn;
    const isKept =
      known !== null &&
      isSame(look, known) &&
      Math.abs(projection.x - known.x) <= left &&
      Math.abs(projection.y - known.y) <= top;
    const picture = isKept ? known : { ...look, x: projection.x, y: projection.y };
    if (!isKept) {
      const context = this.#context;
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
      context.scale(this.#ratio, this.#ratio);
      const shifted = { ...projection, x: projection.x + left, y: projection.y + top };
      drawIsolines({ ...pen, context, projection: shifted }, isolines, 1);
      this.#drawn = picture;
    }
    const { context } = pen;
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalAlpha = alpha;
    // Whole device pixels, or the lines would blur.
    const x = Math.round((projection.x - picture.x - left) * this.#ratio);
    const y = Math.round((projection.y - picture.y - top) * this.#ratio);
    context.drawImage(this.#canvas, x, y);
    context.restore();
  }
}

interface Look {
  isolines: Isolines;
  scale: number;
  stroke: string;
}

function isSame(a: Look, b: Look | null): boolean {
  return b !== null && a.isolines === b.isolines && a.scale === b.scale && a.stroke === b.stroke;
}
