import { mixed, type Colours } from './colours';
import type { SceneTopics } from './scene';

/** What points are painted in. Lists are by topic + 1: the first colour is of points that belong to none. */
export interface PointTones {
  topicOf: Int16Array;
  plain: readonly string[];
  /** Beneath a search. */
  dim: string;
  /** By step of relevance. */
  lit: readonly (readonly string[])[];
}

/** Where the colour of a row stands in the lists. */
export function toneAt(topicOf: Int16Array, row: number): number {
  return (topicOf[row] ?? -1) + 1;
}

export function pointTones(colours: Colours, topics: SceneTopics | null): PointTones {
  const { point, pointDim: dim, lit, topic } = colours;
  if (topics === null || topic === null)
    return { topicOf: new Int16Array(0), plain: [point], dim, lit: lit.map((colour) => [colour]) };
  const tones = topics.hues.map((hue) => withHue(topic.tone, hue));
  const strongest = topics.hues.map((hue) => withHue(topic.text, hue));
  const steps = [
    tones.map((tone) => mixed(dim, tone, 0.6)),
    tones.map((tone) => mixed(dim, tone, 0.85)),
    tones,
    strongest,
  ];
  return {
    topicOf: topics.topicOf,
    plain: [topic.none, ...tones],
    dim,
    lit: lit.map((colour, step) => [colour, ...(steps[step] ?? tones)]),
  };
}

/** Of labels, by topic. */
export function topicTexts(colours: Colours, topics: SceneTopics): string[] {
  const { topic, ink } = colours;
  return topics.hues.map((hue) => (topic === null ? ink : withHue(topic.text, hue)));
}

/** The same lightness and chroma at another hue. Written out, as no canvas is sure to know `oklch(from …)`. */
export function withHue(oklch: string, hue: number): string {
  const [, lightness, chroma] = /^oklch\(\s*([^\s,]+)\s+([^\s,]+)\s/.exec(oklch) ?? [];
  return lightness === undefined || chroma === undefined ? oklch : `oklch(${lightness} ${chroma} ${hue})`;
}
