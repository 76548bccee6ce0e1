import type { Colours } from './colours';
import {
  labelFontPx,
  lineHeightPx,
  measureByCharacter,
  setLabel,
  type LabelText,
  type Measure,
} from './label-text';
import type { Side } from './label-placement';
import type { Rect } from './rect';

export type LabelTone = 'strong' | 'plain' | 'quiet';

const haloPx = 3.5;

/** Sets titles once and keeps each as a small picture: stroking their halos anew would cost 10 ms a frame. */
export class LabelPainter {
  #titles: readonly string[] = [];
  #texts = new Map<number, LabelText>();
  #pictures = new Map<string, HTMLCanvasElement>();
  #colours: Colours | null = null;
  #ratio = 1;
  #measure: Measure = (text) => text.length * 6;
  #widestPx = 160;

  retitle(titles: readonly string[]): void {
    this.#titles = titles;
    this.#texts.clear();
    this.#pictures.clear();
  }

  /** Text is set anew: fonts arrive, and widths change with them. */
  restyle(colours: Colours, ratio: number, widestPx: number): void {
    this.#texts.clear();
    this.#widestPx = widestPx;
    this.#colours = colours;
    this.#ratio = ratio;
    this.#pictures.clear();
    const context = document.createElement('canvas').getContext('2d');
    if (context === null) return;
    context.font = fontOf('plain', colours);
    this.#measure = measureByCharacter((character) => context.measureText(character).width);
  }

  textOf(index: number): LabelText {
    const known = this.#texts.get(index);
    if (known !== undefined) return known;
    const text = setLabel(this.#titles[index] ?? '', this.#measure, this.#widestPx);
    this.#texts.set(index, text);
    return text;
  }

  /** Draws into a context whose unit is the device px; `rect` is in CSS px. */
  draw(
    target: CanvasRenderingContext2D,
    index: number,
    side: Side,
    rect: Rect,
    tone: LabelTone,
    alpha: number,
  ): void {
    const key = `${index} ${side === 'above' ? 'below' : side} ${tone}`;
    let picture = this.#pictures.get(key);
    if (picture === undefined) {
      if (this.#pictures.size > 800) this.#pictures.clear();
      picture = this.#paint(this.textOf(index), side, tone);
      this.#pictures.set(key, picture);
    }
    target.globalAlpha = alpha;
    // Whole device pixels, or letters would blur while the map moves.
    const left = Math.round((rect.left - haloPx) * this.#ratio);
    target.drawImage(picture, left, Math.round((rect.top - haloPx) * this.#ratio));
    target.globalAlpha = 1;
  }

  #paint(text: LabelText, side: Side, tone: LabelTone): HTMLCanvasElement {
    const canvas = document.createElement('canvas');
    // Strong text is wider than it was measured.
    const slack = tone === 'strong' ? 12 : 2;
    canvas.width = Math.ceil((text.widthPx + slack + 2 * haloPx) * this.#ratio);
    canvas.height = Math.ceil((text.heightPx + 2 * haloPx) * this.#ratio);
    const context = canvas.getContext('2d');
    const colours = this.#colours;
    if (context === null || colours === null) return canvas;
    context.scale(this.#ratio, this.#ratio);
    context.font = fontOf(tone, colours);
    context.textBaseline = 'middle';
    context.textAlign = side === 'right' ? 'left' : side === 'left' ? 'right' : 'center';
    const x = side === 'right' ? haloPx : side === 'left' ? haloPx + text.widthPx : haloPx + text.widthPx / 2;
    context.lineJoin = 'round';
    context.lineWidth = haloPx;
    context.strokeStyle = colours.halo;
    context.fillStyle =
      tone === 'strong' ? colours.ink : tone === 'plain' ? colours.inkQuiet : colours.inkFaint;
    const yOf = (line: number) => haloPx + (line + 0.5) * lineHeightPx;
    text.lines.forEach((line, i) => context.strokeText(line, x, yOf(i)));
    text.lines.forEach((line, i) => context.fillText(line, x, yOf(i)));
    return canvas;
  }
}

function fontOf(tone: LabelTone, colours: Colours): string {
  return `${tone === 'strong' ? 600 : 450} ${labelFontPx}px ${colours.fontFamily}`;
}
