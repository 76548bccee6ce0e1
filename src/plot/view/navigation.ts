import type { Positions } from '../../core/layout/layout';

export type Direction = 'left' | 'right' | 'up' | 'down';

/**
 * The next paper in a direction of the screen (y grows downwards), or −1 at the edge.
 *
 * Among the points in the 90° cone about the direction, the one with the least advance along it, and of those the one
 * with the least drift. With that choice the taxicab distance to any target never grows with a step towards it; the
 * Euclidean nearest would not do. A cone holds only the clockwise of its two diagonals: it then stays equal only on the
 * way along a side of the square about the target, and shrinks before a corner, so that every paper can be reached. If
 * the cone is empty, the nearest in the half-plane. Right steps through papers with the same position (left steps back)
 * before it goes on.
 */
export function stepFrom(positions: Positions, from: number, direction: Direction): number {
  const fromX = positions[2 * from] ?? NaN;
  const fromY = positions[2 * from + 1] ?? NaN;
  let samePosition = -1;
  let inCone = -1;
  let minAdvance = Infinity;
  let minDrift = Infinity;
  let beside = -1;
  let minDistance = Infinity;
  for (let i = 0; 2 * i < positions.length; i++) {
    const dx = (positions[2 * i] ?? NaN) - fromX;
    const dy = (positions[2 * i + 1] ?? NaN) - fromY;
    if (dx === 0 && dy === 0) {
      if (direction === 'right' && i > from && samePosition < 0) samePosition = i;
      if (direction === 'left' && i < from) samePosition = i;
      continue;
    }
    const advance = direction === 'right' ? dx : direction === 'left' ? -dx : direction === 'down' ? dy : -dy;
    if (!(advance > 0)) continue;
    const clockwise =
      direction === 'right' ? dy : direction === 'left' ? -dy : direction === 'down' ? -dx : dx;
    const drift = Math.abs(clockwise);
    if (drift < advance || clockwise === advance) {
      if (advance < minAdvance || (advance === minAdvance && drift < minDrift)) {
        inCone = i;
        minAdvance = advance;
        minDrift = drift;
      }
    } else if (advance * advance + drift * drift < minDistance) {
      beside = i;
      minDistance = advance * advance + drift * drift;
    }
  }
  if (samePosition >= 0) return samePosition;
  return inCone >= 0 ? inCone : beside;
}

/** The nearest paper to a point in layout units within a radius, or −1. A plain scan: 0.2 ms for 100,000. */
export function nearestTo(positions: Positions, x: number, y: number, reach = Infinity): number {
  let nearest = -1;
  let minSquared = reach * reach;
  for (let i = 0; i < positions.length; i += 2) {
    const dx = (positions[i] ?? NaN) - x;
    const dy = (positions[i + 1] ?? NaN) - y;
    const squared = dx * dx + dy * dy;
    if (squared < minSquared || (squared === minSquared && nearest < 0)) {
      minSquared = squared;
      nearest = i / 2;
    }
  }
  return nearest;
}

/** All papers with the same position as this one, in order: repeated clicks step through them. */
export function stackOf(positions: Positions, index: number): number[] {
  const x = positions[2 * index];
  const y = positions[2 * index + 1];
  const stack: number[] = [];
  for (let i = 0; i < positions.length; i += 2)
    if (positions[i] === x && positions[i + 1] === y) stack.push(i / 2);
  return stack;
}

/** The first or last paper that has a position, −1 when none has. */
export function endOf(positions: Positions, end: 'first' | 'last'): number {
  const n = positions.length / 2;
  for (let step = 0; step < n; step++) {
    const i = end === 'first' ? step : n - 1 - step;
    if (!Number.isNaN(positions[2 * i] ?? NaN) && !Number.isNaN(positions[2 * i + 1] ?? NaN)) return i;
  }
  return -1;
}
