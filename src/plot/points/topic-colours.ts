import { mixed, type Colours, type Tone } from '../colours';
import type { SceneTopics } from '../scene';

/** The colours of points. Lists are indexed by topic + 1: the first colour is that of points without a topic. */
export interface PointTones {
  topicOf: Int16Array;
  plain: readonly string[];
  /** For points that a search does not highlight. */
  dim: string;
  /** By step of relevance, then by topic + 1. */
  highlighted: readonly (readonly string[])[];
}

/** The index of a row's colour in the lists. */
export function toneAt(topicOf: Int16Array, row: number): number {
  return (topicOf[row] ?? -1) + 1;
}

export function pointTones(colours: Colours, topics: SceneTopics | null): PointTones {
  const { point, pointDim: dim, highlighted, topic } = colours;
  if (topics === null || topic === null)
    return {
      topicOf: new Int16Array(0),
      plain: [point],
      dim,
      highlighted: highlighted.map((colour) => [colour]),
    };
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
    highlighted: highlighted.map((colour, step) => [colour, ...(steps[step] ?? tones)]),
  };
}

/** The colours of labels, by topic. */
export function topicTexts(colours: Colours, topics: SceneTopics): string[] {
  const { topic, ink } = colours;
  return topics.hues.map((hue) => (topic === null ? ink : withHue(topic.text, hue)));
}

function withHue({ lightness, chroma }: Tone, hue: number): string {
  return `oklch(${lightness} ${chroma} ${hue})`;
}
