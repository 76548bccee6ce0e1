import type { Positions } from '../../core/layout/layout';

export type Direction = 'left' | 'right' | 'up' | 'down';

/**
 * The next paper in a direction of the screen (y grows downwards), or −1 at the edge.
 *
 * Among the points of the 90° cone about the direction, the one with the least advance along it. With that
 * choice the taxicab distance to any goal never grows while one steps towards it, which is what makes every
 * paper reachable; the Euclidean nearest would not. Where the cone is empty, the nearest of the half-plane.
 * Papers on one spot are walked through with right (and back with left) before the walk goes on.
 */
export function stepFrom(positions: Positions, from: number, direction: Direction): number {
  const fromX = positions[2 * from] ?? NaN;
  const fromY = positions[2 * from + 1] ?? NaN;
  let twin = -1;
  let inCone = -1;
  let leastAdvance = Infinity;
  let leastDrift = Infinity;
  let beside = -1;
  let leastDistance = Infinity;
  for (let i = 0; 2 * i < positions.length; i++) {
    const dx = (positions[2 * i] ?? NaN) - fromX;
    const dy = (positions[2 * i + 1] ?? NaN) - fromY;
    if (dx === 0 && dy === 0) {
      if (direction === 'right' && i > from && twin < 0) twin = i;
      if (direction === 'left' && i < from) twin = i;
      continue;
    }
    const advance = direction === 'right' ? dx : direction === 'left' ? -dx : direction === 'down' ? dy : -dy;
    if (!(advance > 0)) continue;
    const drift = Math.abs(direction === 'right' || direction === 'left' ? dy : dx);
    if (drift <= advance) {
      if (advance < leastAdvance || (advance === leastAdvance && drift < leastDrift)) {
        inCone = i;
        leastAdvance = advance;
        leastDrift = drift;
      }
    } else if (advance * advance + drift * drift < leastDistance) {
      beside = i;
      leastDistance = advance * advance + drift * drift;
    }
  }
  if (twin >= 0) return twin;
  return inCone >= 0 ? inCone : beside;
}

/** The nearest placed paper to a spot in layout units within a reach, or −1. A plain scan: 0.2 ms for 100,000. */
export function nearestTo(positions: Positions, x: number, y: number, reach = Infinity): number {
  let nearest = -1;
  let least = reach * reach;
  for (let i = 0; i < positions.length; i += 2) {
    const dx = (positions[i] ?? NaN) - x;
    const dy = (positions[i + 1] ?? NaN) - y;
    const squared = dx * dx + dy * dy;
    if (squared < least || (squared === least && nearest < 0)) {
      least = squared;
      nearest = i / 2;
    }
  }
  return nearest;
}

/** All papers on the spot of one, in order: what repeated clicks walk through. */
export function stackOf(positions: Positions, index: number): number[] {
  const x = positions[2 * index];
  const y = positions[2 * index + 1];
  const stack: number[] = [];
  for (let i = 0; i < positions.length; i += 2)
    if (positions[i] === x && positions[i + 1] === y) stack.push(i / 2);
  return stack;
}

/** First or last paper that has a place, −1 when none has. */
export function endOf(positions: Positions, end: 'first' | 'last'): number {
  const n = positions.length / 2;
  for (let step = 0; step < n; step++) {
    const i = end === 'first' ? step : n - 1 - step;
    if (!Number.isNaN(positions[2 * i] ?? NaN) && !Number.isNaN(positions[2 * i + 1] ?? NaN)) return i;
  }
  return -1;
}
