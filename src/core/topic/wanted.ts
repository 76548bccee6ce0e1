/** Of fewer papers there is nothing to be told apart. */
const leastPapers = 20;

/** How many topics a map of n papers is parted into: 11 for 200, 24 for 2,400, 49 for 20,000. */
export function wantedTopics(n: number): number {
  return n < leastPapers ? 0 : Math.round(1.8 * Math.cbrt(n));
}
