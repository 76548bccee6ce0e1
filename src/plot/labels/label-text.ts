export const labelFontPx = 12;
export const lineHeightPx = 14.5;
/** Narrow maps set narrow labels, as a newspaper sets narrow columns. */
export function widestLabelPx(mapWidthPx: number): number {
  return Math.max(124, Math.min(188, mapWidthPx / 5));
}

/** A title as it is set on the map: one line or two, with its measure in px. */
export interface LabelText {
  lines: readonly string[];
  widthPx: number;
  heightPx: number;
}

/** Width of a run of text, px. */
export type Measure = (text: string) => number;

/** Sums the advances of single characters, each measured once: 20,000 titles in 10 ms where measureText takes 200. */
export function measureByCharacter(measureCharacter: Measure): Measure {
  const widths = new Map<string, number>();
  return (text) => {
    let sum = 0;
    for (const character of text) {
      let width = widths.get(character);
      if (width === undefined) {
        width = measureCharacter(character);
        widths.set(character, width);
      }
      sum += width;
    }
    return sum;
  };
}

function ellipsised(text: string, measure: Measure, maxPx: number): string {
  if (measure(text) <= maxPx) return text;
  const characters = [...text];
  let room = maxPx - measure('…');
  let kept = 0;
  for (const character of characters) {
    room -= measure(character);
    if (room < 0) break;
    kept++;
  }
  const cut = characters.slice(0, kept).join('');
  const lastSpace = characters[kept] === ' ' ? -1 : cut.lastIndexOf(' ');
  // A word cut in the middle reads badly; a lone stub of one letter reads worse.
  return `${(lastSpace > cut.length * 0.4 ? cut.slice(0, lastSpace) : cut).replace(/[\s,:;–-]+$/u, '')}…`;
}

/** Sets a title in one line, or in two of nearly the same length, the second ellipsised when both are full. */
export function setLabel(title: string, measure: Measure, maxPx: number): LabelText {
  const text = title.trim().replace(/\s+/gu, ' ');
  const whole = measure(text);
  const lines = whole <= maxPx * 0.6 ? [text] : breakInTwo(text, whole, measure, maxPx);
  const widthPx = Math.ceil(Math.max(0, ...lines.map(measure)));
  return { lines, widthPx, heightPx: Math.ceil(lines.length * lineHeightPx) };
}

function breakInTwo(text: string, whole: number, measure: Measure, maxPx: number): string[] {
  let best = -1;
  let bestWidth = Infinity;
  let widestFitting = -1;
  for (let space = text.indexOf(' '); space > 0; space = text.indexOf(' ', space + 1)) {
    const first = measure(text.slice(0, space));
    if (first > maxPx) break;
    widestFitting = space;
    const wider = Math.max(first, whole - first);
    if (wider < bestWidth) {
      best = space;
      bestWidth = wider;
    }
  }
  if (best > 0 && bestWidth <= maxPx) return [text.slice(0, best), text.slice(best + 1)];
  if (widestFitting < 0) return [ellipsised(text, measure, maxPx)];
  return [text.slice(0, widestFitting), ellipsised(text.slice(widestFitting + 1), measure, maxPx)];
}

export const topicFontPx = 13;
export const topicLineHeightPx = 16;
/** Between letters, px. */
export const topicSpacingPx = 0.45;
/** Between what a name is made of, the most telling part first. */
const partsMark = ', ';

/** The name of a topic is set wider than a title may be: cut, it would not be a name. */
export function widestTopicPx(mapWidthPx: number): number {
  return Math.max(152, widestLabelPx(mapWidthPx));
}

/**
 * Sets the name of a topic in one line, or in two that break between its parts where they can. A part for which there is
 * no room is left out: the others are a name without it.
 */
export function setTopicName(name: string, measure: Measure, maxPx: number): LabelText {
  const parts = name.split(partsMark);
  let lines = linesOf(parts, measure, maxPx);
  for (let kept = parts.length - 1; kept > 0 && lines === null; kept--)
    lines = linesOf(parts.slice(0, kept), measure, maxPx);
  lines ??= setLabel(parts[0] ?? '', measure, maxPx).lines;
  const widthPx = Math.ceil(Math.max(0, ...lines.map(measure)));
  return { lines, widthPx, heightPx: lines.length * topicLineHeightPx };
}

/** Null when two lines have no room for all of it. */
function linesOf(parts: readonly string[], measure: Measure, maxPx: number): readonly string[] | null {
  const text = parts.join(partsMark);
  const [first, second, ...others] = parts;
  if (second !== undefined && others.length === 0 && measure(text) > maxPx * 0.6) {
    const atMark = [`${first},`, second];
    if (atMark.every((line) => measure(line) <= maxPx)) return atMark;
  }
  const { lines } = setLabel(text, measure, maxPx);
  return lines.at(-1)?.endsWith('…') === true ? null : lines;
}

/** Letters that stand alone: others join their neighbours, or are written over them, and must not be parted. */
const apart =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Common}]*$/u;

export function canBeSpaced(text: string): boolean {
  return apart.test(text);
}
