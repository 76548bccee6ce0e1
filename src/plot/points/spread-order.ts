import type { Positions } from '../../core/layout/layout';
import type { Frame } from '../view/frame';

/**
 * Orders rows so that the first ones, however many, are spread evenly over the map: cell by cell of an ever finer grid,
 * fullest cells first, from each the row nearest to the mean of the points in the cell.
 */
export function spreadOrder(positions: Positions, frame: Frame): number[] {
  const order: number[] = [];
  const n = positions.length / 2;
  const isTaken = new Uint8Array(n);
  const span = Math.max(frame.spanX, frame.spanY, 1e-9) * 1.0001;
  const left = frame.centreX - span / 2;
  const top = frame.centreY - span / 2;
  let open: number[] = [];
  for (let i = 0; i < n; i++)
    if (!Number.isNaN(positions[2 * i] ?? NaN) && !Number.isNaN(positions[2 * i + 1] ?? NaN)) open.push(i);
  for (let cells = 4; open.length > 0 && cells <= 1024; cells *= 2) {
    const rowsOf = new Map<number, number[]>();
    for (const i of open) {
      const column = Math.floor((((positions[2 * i] ?? 0) - left) / span) * cells);
      const row = Math.floor((((positions[2 * i + 1] ?? 0) - top) / span) * cells);
      const key = row * cells + column;
      const rows = rowsOf.get(key);
      if (rows === undefined) rowsOf.set(key, [i]);
      else rows.push(i);
    }
    const groups = [...rowsOf.values()].sort((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0));
    for (const rows of groups) {
      const middle = nearestToMean(positions, rows);
      isTaken[middle] = 1;
      order.push(middle);
    }
    open = open.filter((i) => isTaken[i] === 0);
  }
  // The remaining rows have the same positions as rows taken before.
  return order.concat(open);
}

function nearestToMean(positions: Positions, rows: readonly number[]): number {
  let meanX = 0;
  let meanY = 0;
  for (const i of rows) {
    meanX += (positions[2 * i] ?? 0) / rows.length;
    meanY += (positions[2 * i + 1] ?? 0) / rows.length;
  }
  let nearest = rows[0] ?? 0;
  let minDistance = Infinity;
  for (const i of rows) {
    const distance = Math.hypot((positions[2 * i] ?? 0) - meanX, (positions[2 * i + 1] ?? 0) - meanY);
    if (distance < minDistance) {
      nearest = i;
      minDistance = distance;
    }
  }
  return nearest;
}
