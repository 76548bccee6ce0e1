import type { Colours } from '../colours';
import { haloPx, LabelPictures } from './label-pictures';
import {
  canBeSpaced,
  measureByCharacter,
  setTopicName,
  topicFontPx,
  topicLineHeightPx,
  topicSpacingPx,
  type LabelText,
  type Measure,
} from './label-text';
import type { Rect } from '../rect';
import type { SceneTopics } from '../scene';
import { topicTexts } from '../points/topic-colours';

/** Sets and paints the names of topics, letterspaced; each is set once. */
export class TopicPainter {
  #topics: SceneTopics | null = null;
  readonly #texts = new Map<number, LabelText>();
  readonly #pictures = new LabelPictures();
  #colours: Colours | null = null;
  #fills: readonly string[] = [];
  #maxPx = 160;
  #measureLetter: Measure = () => 7;
  #measureWhole: Measure = (text) => text.length * 7;

  retopic(topics: SceneTopics | null): void {
    this.#topics = topics;
    this.#fills = topics === null || this.#colours === null ? [] : topicTexts(this.#colours, topics);
    this.#texts.clear();
    this.#pictures.clear();
  }

  /** Forgets how names were set: another font has other widths. */
  restyle(colours: Colours, ratio: number, maxPx: number): void {
    this.#colours = colours;
    this.#maxPx = maxPx;
    this.#pictures.clear(ratio);
    this.retopic(this.#topics);
    const context = document.createElement('canvas').getContext('2d');
    if (context === null) return;
    context.font = fontOf(colours);
    this.#measureWhole = (text) => context.measureText(text).width;
    this.#measureLetter = measureByCharacter(this.#measureWhole);
  }

  textOf(topic: number): LabelText {
    const cached = this.#texts.get(topic);
    if (cached !== undefined) return cached;
    const name = this.#topics?.names[topic] ?? '';
    const text = setTopicName(name, this.#measureOf(name), this.#maxPx);
    this.#texts.set(topic, text);
    return text;
  }

  /** Draws into a context whose unit is the device px; `rect` is in CSS px. */
  draw(target: CanvasRenderingContext2D, topic: number, rect: Rect, alpha: number): void {
    this.#pictures.draw(target, String(topic), rect, alpha, (context) => this.#paint(context, topic));
  }

  #paint(context: CanvasRenderingContext2D, topic: number): void {
    if (this.#colours === null) return;
    const { lines, widthPx } = this.textOf(topic);
    context.font = fontOf(this.#colours);
    context.textAlign = 'left';
    // Names lie where points of their own hue are densest: the halo is as wide as the picture allows.
    context.lineWidth = 2 * haloPx;
    context.strokeStyle = this.#colours.halo;
    context.fillStyle = this.#fills[topic] ?? this.#colours.ink;
    const measure = this.#measureOf(this.#topics?.names[topic] ?? '');
    // Not every canvas has `letterSpacing`: letters are drawn one by one, at their measured positions.
    const runs = lines.flatMap((line, i) => {
      let x = (widthPx - measure(line)) / 2;
      const y = (i + 0.5) * topicLineHeightPx;
      return (canBeSpaced(line) ? [...line] : [line]).map((run) => {
        const at = { run, x, y };
        x += measure(run) + topicSpacingPx;
        return at;
      });
    });
    for (const { run, x, y } of runs) context.strokeText(run, x, y);
    for (const { run, x, y } of runs) context.fillText(run, x, y);
  }

  /** Measures the whole name or a part of it. */
  #measureOf(name: string): Measure {
    if (!canBeSpaced(name)) return this.#measureWhole;
    return (text) => this.#measureLetter(text) + topicSpacingPx * Math.max(0, [...text].length - 1);
  }
}

function fontOf(colours: Colours): string {
  return `600 ${topicFontPx}px ${colours.fontFamily}`;
}
