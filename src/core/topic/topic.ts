/** A group of similar papers on the map, named by what distinguishes it from the others. */
export interface Topic {
  /** Stays the same while the library grows and is laid out again. */
  id: number;
  /** Unique among the topics: `Graph neural networks, molecules`. */
  name: string;
  /** Other phrases that its papers share, the most distinctive first. */
  words: readonly string[];
  /** OKLCH hue in degrees, 0 to 360: topics in the same direction have similar hues. */
  hue: number;
}

/** The topics of a map and the topic of each paper. Row i is paper i of the map. */
export interface Grouping {
  topics: readonly Topic[];
  /** By row: index in `topics`, −1 for a paper without a topic. Never modified. */
  topicOf: Int16Array;
}
