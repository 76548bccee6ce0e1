/** A region of the map that papers share, named by what tells it from the others. */
export interface Topic {
  /** Stays the topic's own as the library grows and is laid out again. */
  id: number;
  /** Unique among the topics: `Graph neural networks, molecules`. */
  name: string;
  /** What its papers share beside that, the most telling first. */
  words: readonly string[];
  /** Degrees of OKLCH hue, 0 to 360: topics that lie in one direction are of kindred hues. */
  hue: number;
}

/** Papers in topics. Row i is paper i of the map. */
export interface Grouping {
  topics: readonly Topic[];
  /** By row: index in `topics`, −1 for a paper that belongs to none. Never written to. */
  topicOf: Int16Array;
}
