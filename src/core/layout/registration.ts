import type { Positions } from './layout';

/**
 * Aligns `positions` with `frame`: rotated, mirrored where that fits better, and translated to the least-squares fit
 * (Umeyama 1991) over the rows that are finite in both, and scaled to the same spread about their centre. (The
 * least-squares scale would shrink a map the more, the less the two agree.) Row i is the same paper on both sides;
 * either may have more rows. With fewer than two distinct shared rows, which leave rotation and scale undetermined,
 * it only translates; with none, it copies.
 */
export function registerOnto(positions: Positions, frame: Positions): Positions {
  const shared = sharedRows(positions, frame);
  const from = centreOf(positions, shared);
  const to = centreOf(frame, shared);

  let xx = 0;
  let xy = 0;
  let yx = 0;
  let yy = 0;
  let spreadFrom = 0;
  let spreadTo = 0;
  for (const row of shared) {
    const px = (positions[2 * row] ?? 0) - from.x;
    const py = (positions[2 * row + 1] ?? 0) - from.y;
    const qx = (frame[2 * row] ?? 0) - to.x;
    const qy = (frame[2 * row + 1] ?? 0) - to.y;
    xx += px * qx;
    xy += px * qy;
    yx += py * qx;
    yy += py * qy;
    spreadFrom += px * px + py * py;
    spreadTo += qx * qx + qy * qy;
  }
  if (shared.length === 0) return positions.slice();

  // In the plane the best rotation has a closed form: as complex numbers, Σ q·conj(p), or Σ q·p for the mirror image.
  const isMirrored = Math.hypot(xx - yy, xy + yx) > Math.hypot(xx + yy, xy - yx);
  const sign = isMirrored ? -1 : 1;
  const real = xx + sign * yy;
  const imaginary = xy - sign * yx;
  const length = Math.hypot(real, imaginary);
  const scale = Math.sqrt(spreadTo / spreadFrom) / length;
  const [cosine, sine] = length > 0 ? [real * scale, imaginary * scale] : [1, 0];

  const registered: Positions = new Float32Array(positions.length);
  for (let at = 0; at < positions.length; at += 2) {
    const px = (positions[at] ?? NaN) - from.x;
    const py = sign * ((positions[at + 1] ?? NaN) - from.y);
    registered[at] = to.x + cosine * px - sine * py;
    registered[at + 1] = to.y + sine * px + cosine * py;
  }
  return registered;
}

function sharedRows(positions: Positions, frame: Positions): number[] {
  const rows: number[] = [];
  for (let row = 0; 2 * row + 1 < Math.min(positions.length, frame.length); row++) {
    if (isPlaced(positions, row) && isPlaced(frame, row)) rows.push(row);
  }
  return rows;
}

function isPlaced(positions: Positions, row: number): boolean {
  return Number.isFinite(positions[2 * row]) && Number.isFinite(positions[2 * row + 1]);
}

function centreOf(positions: Positions, rows: readonly number[]): { x: number; y: number } {
  let x = 0;
  let y = 0;
  for (const row of rows) {
    x += positions[2 * row] ?? 0;
    y += positions[2 * row + 1] ?? 0;
  }
  return { x: x / rows.length, y: y / rows.length };
}
