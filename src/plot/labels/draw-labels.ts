import type { Colours } from '../colours';
import {
  labelFontPx,
  lineHeightPx,
  measureByCharacter,
  setLabel,
  type LabelText,
  type Measure,
} from './label-text';
import { LabelPictures } from './label-pictures';
import type { Side } from './label-placement';
import type { Rect } from '../rect';

export type LabelTone = 'strong' | 'plain' | 'quiet';

/** Sets and paints titles; each is set once. */
export class LabelPainter {
  #titles: readonly string[] = [];
  #texts = new Map<number, LabelText>();
  readonly #pictures = new LabelPictures();
  #colours: Colours | null = null;
  #measure: Measure = (text) => text.length * 6;
  #maxPx = 160;

  retitle(titles: readonly string[]): void {
    this.#titles = titles;
    this.#texts.clear();
    this.#pictures.clear();
  }

  /** Forgets how titles were set: another font has other widths. */
  restyle(colours: Colours, ratio: number, maxPx: number): void {
    this.#texts.clear();
    this.#maxPx = maxPx;
    this.#colours = colours;
    this.#pictures.clear(ratio);
    const context = document.createElement('canvas').getContext('2d');
    if (context === null) return;
    context.font = fontOf('plain', colours);
    this.#measure = measureByCharacter((character) => context.measureText(character).width);
  }

  textOf(index: number): LabelText {
    const cached = this.#texts.get(index);
    if (cached !== undefined) return cached;
    const text = setLabel(this.#titles[index] ?? '', this.#measure, this.#maxPx);
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
    // Strong text is wider than it was measured.
    const slackPx = tone === 'strong' ? 12 : 2;
    const paint = (context: CanvasRenderingContext2D) => this.#paint(context, this.textOf(index), side, tone);
    this.#pictures.draw(target, key, rect, alpha, paint, slackPx);
  }

  #paint(context: CanvasRenderingContext2D, text: LabelText, side: Side, tone: LabelTone): void {
    const colours = this.#colours;
    if (colours === null) return;
    context.font = fontOf(tone, colours);
    context.textAlign = side === 'right' ? 'left' : side === 'left' ? 'right' : 'center';
    const x = side === 'right' ? 0 : side === 'left' ? text.widthPx : text.widthPx / 2;
    context.strokeStyle = colours.halo;
    context.fillStyle =
      tone === 'strong' ? colours.ink : tone === 'plain' ? colours.inkQuiet : colours.inkFaint;
    const yOf = (line: number) => (line + 0.5) * lineHeightPx;
    text.lines.forEach((line, i) => context.strokeText(line, x, yOf(i)));
    text.lines.forEach((line, i) => context.fillText(line, x, yOf(i)));
  }
}

function fontOf(tone: LabelTone, colours: Colours): string {
  return `${tone === 'strong' ? 600 : 450} ${labelFontPx}px ${colours.fontFamily}`;
}
