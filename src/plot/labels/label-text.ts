export const labelFontPx = 12;
export const lineHeightPx = 14.5;
/** The maximum width of a label: narrow maps have narrow labels. */
export function maxLabelPx(mapWidthPx: number): number {
  return Math.max(124, Math.min(188, mapWidthPx / 5));
}

/** A title as set on the map: one line or two, with its size in px. */
export interface LabelText {
  lines: readonly string[];
  widthPx: number;
  heightPx: number;
}

/** Width of a run of text, px. */
export type Measure = (text: string) => number;

/** Adds up the widths of characters, each measured once: 20,000 titles in 10 ms where measureText takes 200. */
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
  let fitting = 0;
  for (const character of characters) {
    room -= measure(character);
    if (room < 0) break;
    fitting++;
  }
  const cut = characters.slice(0, fitting).join('');
  const lastSpace = characters[fitting] === ' ' ? -1 : cut.lastIndexOf(' ');
  // A word cut in the middle reads badly; a lone stub of one letter reads worse.
  return `${(lastSpace > cut.length * 0.4 ? cut.slice(0, lastSpace) : cut).replace(/[\s,:;–-]+$/u, '')}…`;
}

/** Sets a title in one line, or in two of nearly the same length; the second is cut with an ellipsis when both are full. */
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
  let lastFitting = -1;
  for (let space = text.indexOf(' '); space > 0; space = text.indexOf(' ', space + 1)) {
    const first = measure(text.slice(0, space));
    if (first > maxPx) break;
    lastFitting = space;
    const wider = Math.max(first, whole - first);
    if (wider < bestWidth) {
      best = space;
      bestWidth = wider;
    }
  }
  if (best > 0 && bestWidth <= maxPx) return [text.slice(0, best), text.slice(best + 1)];
  if (lastFitting < 0) return [ellipsised(text, measure, maxPx)];
  return [text.slice(0, lastFitting), ellipsised(text.slice(lastFitting + 1), measure, maxPx)];
}

export const topicFontPx = 13;
export const topicLineHeightPx = 16;
/** Extra space between letters, px. */
export const topicSpacingPx = 0.45;
/** Between the parts of a name, which come most characteristic first. */
const partSeparator = ', ';

/** The maximum width of the name of a topic: wider than a title, since a name must not be cut. */
export function maxTopicPx(mapWidthPx: number): number {
  return Math.max(152, maxLabelPx(mapWidthPx));
}

/**
 * Sets the name of a topic in one line, or in two that break between its parts where possible. Parts that do not fit are
 * left out from the end: the others make a name without them.
 */
export function setTopicName(name: string, measure: Measure, maxPx: number): LabelText {
  const parts = name.split(partSeparator);
  let lines = linesOf(parts, measure, maxPx);
  for (let count = parts.length - 1; count > 0 && lines === null; count--)
    lines = linesOf(parts.slice(0, count), measure, maxPx);
  lines ??= setLabel(parts[0] ?? '', measure, maxPx).lines;
  const widthPx = Math.ceil(Math.max(0, ...lines.map(measure)));
  return { lines, widthPx, heightPx: lines.length * topicLineHeightPx };
}

/** Null when it does not fit in two lines. */
function linesOf(parts: readonly string[], measure: Measure, maxPx: number): readonly string[] | null {
  const text = parts.join(partSeparator);
  const [first, second, ...others] = parts;
  if (second !== undefined && others.length === 0 && measure(text) > maxPx * 0.6) {
    const atSeparator = [`${first},`, second];
    if (atSeparator.every((line) => measure(line) <= maxPx)) return atSeparator;
  }
  const { lines } = setLabel(text, measure, maxPx);
  return lines.at(-1)?.endsWith('…') === true ? null : lines;
}

/** Scripts of separate letters: in others, letters join their neighbours or combine with them and must not be spaced. */
const separateLetters =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Common}]*$/u;

export function canBeSpaced(text: string): boolean {
  return separateLetters.test(text);
}
