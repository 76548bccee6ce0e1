import type { Positions } from '../layout/layout';

/**
 * Hue in degrees by topic: the order of hues on the colour circle is the order of topics around the middle of the map,
 * evenly spaced, so that adjacent topics have similar but distinguishable hues. A given hue stays; the hue of a new topic
 * is between those of the topics on either side of it.
 */
export function huesOf(
  positions: Positions,
  topicOf: ArrayLike<number>,
  given: readonly (number | null)[],
): number[] {
  const angles = anglesOf(positions, topicOf, given.length);
  const order = angles.map((_, topic) => topic).sort((a, b) => (angles[a] ?? 0) - (angles[b] ?? 0) || a - b);
  const hues = given.map((hue) => hue ?? NaN);
  const known = order.filter((topic) => given[topic] !== null);
  if (known.length === 0) {
    for (const [rank, topic] of order.entries()) hues[topic] = (360 * (rank + 0.5)) / order.length;
    return hues;
  }
  for (const [rank, topic] of order.entries()) {
    if (given[topic] !== null) continue;
    const isGiven = (other: number) => given[other] !== null;
    const before = [...order.slice(rank), ...order.slice(0, rank)].findLast(isGiven) ?? topic;
    const after = [...order.slice(rank), ...order.slice(0, rank)].find(isGiven) ?? topic;
    hues[topic] = between(before, after, topic, angles, given);
  }
  return hues;
}

function between(
  before: number,
  after: number,
  topic: number,
  angles: readonly number[],
  given: readonly (number | null)[],
): number {
  const [from, to] = [given[before] ?? 0, given[after] ?? 0];
  const angleBetween = (a: number, b: number) => normalised((angles[b] ?? 0) - (angles[a] ?? 0));
  const gap = before === after ? 360 : angleBetween(before, after);
  const share = gap === 0 ? 0.5 : angleBetween(before, topic) / gap;
  // With one given hue the whole circle lies between it and itself.
  const span = before === after ? 360 : normalised(to - from);
  return normalised(from + share * span);
}

function normalised(degrees: number): number {
  return ((degrees % 360) + 360) % 360;
}

/** Angle in degrees of the median paper of each topic, seen from the median of all. */
function anglesOf(positions: Positions, topicOf: ArrayLike<number>, topics: number): number[] {
  const rows: number[][] = Array.from({ length: topics }, () => []);
  for (let row = 0; row < topicOf.length; row++) {
    const topic = topicOf[row] ?? -1;
    if (topic >= 0 && Number.isFinite(positions[2 * row])) rows[topic]?.push(row);
  }
  const medians = rows.map((own) => medianPosition(positions, own));
  const centre = medianPosition(positions, rows.flat());
  return medians.map(({ x, y }) => normalised((180 / Math.PI) * Math.atan2(y - centre.y, x - centre.x)));
}

function medianPosition(positions: Positions, rows: readonly number[]): { x: number; y: number } {
  const median = (offset: 0 | 1) => {
    const values = Float64Array.from(rows, (row) => positions[2 * row + offset] ?? 0).sort();
    return values[Math.floor(values.length / 2)] ?? 0;
  };
  return { x: median(0), y: median(1) };
}
