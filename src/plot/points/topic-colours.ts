import { mixed, type Colours, type Tone } from '../colours';
import type { SceneTopics } from '../scene';

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

function withHue({ lightness, chroma }: Tone, hue: number): string {
  return `oklch(${lightness} ${chroma} ${hue})`;
}
