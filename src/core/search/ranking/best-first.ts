/** So that a level and a slot fit into the 53 bits of an integer. */
const maxSlots = 2 ** 23;
/** The bits of 1 as a 32-bit float: floats from 0 to 1 have the same order as their bits. */
const topLevel = 0x3f800000;

/** The slots for which `isIn` holds, best first; equal scores by slot. Scores are in 0 to 1, and NaN counts as 0. */
export function bestFirst(scores: Float32Array, isIn: (slot: number) => boolean): Int32Array<ArrayBuffer> {
  const bits = new Uint32Array(scores.buffer, scores.byteOffset, scores.length);
  // typed arrays sort without a call for each comparison: 20,000 in 2 ms instead of 12
  const keys = new Float64Array(scores.length);
  let count = 0;
  for (let slot = 0; slot < scores.length; slot++) {
    if (!isIn(slot)) continue;
    const level = (scores[slot] ?? 0) > 0 ? Math.min(bits[slot] ?? 0, topLevel) : 0;
    keys[count++] = (topLevel - level) * maxSlots + slot;
  }
  return Int32Array.from(keys.subarray(0, count).sort(), (key) => key % maxSlots);
}

/** Buckets in which scores are counted. */
const levels = 4096;

/**
 * A score that at least `count` of the slots for which `isIn` holds reach, and few more than `count`; 0 when there are
 * fewer slots.
 */
export function topScoreThreshold(
  scores: Float32Array,
  isIn: (slot: number) => boolean,
  count: number,
): number {
  const counts = new Uint32Array(levels + 1);
  for (let slot = 0; slot < scores.length; slot++) {
    const score = scores[slot] ?? 0;
    const level = score > 0 ? Math.floor(Math.min(1, score) * levels) : 0;
    if (isIn(slot)) counts[level] = (counts[level] ?? 0) + 1;
  }
  let reached = 0;
  for (let level = levels; level > 0; level--) {
    reached += counts[level] ?? 0;
    if (reached >= count) return level / levels;
  }
  return 0;
}
