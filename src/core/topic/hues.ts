import type { Positions } from '../layout/layout';

/**
 * Degrees of hue by topic: round the middle of the map and round the circle of hues in one order, as far from one
 * another as so many can be, so that topics side by side are kindred and still told apart. A hue that is given stays; one
 * that is new lies between those it lies between on the map.
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
    for (const [place, topic] of order.entries()) hues[topic] = (360 * (place + 0.5)) / order.length;
    return hues;
  }
  for (const [place, topic] of order.entries()) {
    if (given[topic] !== null) continue;
    const isGiven = (other: number) => given[other] !== null;
    const before = [...order.slice(place), ...order.slice(0, place)].findLast(isGiven) ?? topic;
    const after = [...order.slice(place), ...order.slice(0, place)].find(isGiven) ?? topic;
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
  const turn = (a: number, b: number) => turned((angles[b] ?? 0) - (angles[a] ?? 0));
  const gap = before === after ? 360 : turn(before, after);
  const share = gap === 0 ? 0.5 : turn(before, topic) / gap;
  // With one hue given there is a whole circle between it and itself.
  const span = before === after ? 360 : turned(to - from);
  return turned(from + share * span);
}

function turned(degrees: number): number {
  return ((degrees % 360) + 360) % 360;
}

/** Degrees at which the median paper of each topic stands, seen from the median of all. */
function anglesOf(positions: Positions, topicOf: ArrayLike<number>, topics: number): number[] {
  const rows: number[][] = Array.from({ length: topics }, () => []);
  for (let row = 0; row < topicOf.length; row++) {
    const topic = topicOf[row] ?? -1;
    if (topic >= 0 && Number.isFinite(positions[2 * row])) rows[topic]?.push(row);
  }
  const places = rows.map((own) => medianPlace(positions, own));
  const centre = medianPlace(positions, rows.flat());
  return places.map(({ x, y }) => turned((180 / Math.PI) * Math.atan2(y - centre.y, x - centre.x)));
}

function medianPlace(positions: Positions, rows: readonly number[]): { x: number; y: number } {
  const median = (offset: 0 | 1) => {
    const values = Float64Array.from(rows, (row) => positions[2 * row + offset] ?? 0).sort();
    return values[Math.floor(values.length / 2)] ?? 0;
  };
  return { x: median(0), y: median(1) };
}
