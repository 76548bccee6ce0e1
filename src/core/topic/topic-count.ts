/** Fewer papers are not divided into topics. */
const minPapers = 20;

/** The number of topics for a map of n papers: 11 for 200, 24 for 2,400, 49 for 20,000. */
export function topicCount(n: number): number {
  return n < minPapers ? 0 : Math.round(1.8 * Math.cbrt(n));
}
