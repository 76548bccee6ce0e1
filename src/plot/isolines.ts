import { blur2, contours, geoPath } from 'd3';
import type { Positions } from '../core/layout/layout';
import { pxPerUnit, type Frame, type Size } from './frame';

/** Shares of the highest density at which a line is drawn. */
const shares = [0.1, 0.3, 0.58];
const cellPx = 5;

export interface Isolines {
  /** In px of the map at zoom 1, relative to the frame's centre. */
  lines: Path2D[];
  /** Px per layout unit that the lines were made at, and the centre they were made about. */
  perUnit: number;
  centreX: number;
  centreY: number;
}

/** Lines of equal density of the points at rest: a histogram, blurred, contoured. */
export function traceIsolines(positions: Positions, frame: Frame, size: Size): Isolines {
  const perUnit = pxPerUnit(frame, size);
  const isolines: Isolines = { lines: [], perUnit, centreX: frame.centreX, centreY: frame.centreY };
  const n = positions.length / 2;
  if (n < 12) return isolines;
  const bandwidthPx = Math.min(size.widthPx, size.heightPx) / (n < 600 ? 20 : 32);
  // Room round the layout for the slopes of its outermost points.
  const width = Math.ceil((frame.spanX * perUnit + 6 * bandwidthPx) / cellPx);
  const height = Math.ceil((frame.spanY * perUnit + 6 * bandwidthPx) / cellPx);
  const data = new Float64Array(width * height);
  for (let i = 0; i < n; i++) {
    const column = Math.floor((((positions[2 * i] ?? NaN) - frame.centreX) * perUnit) / cellPx + width / 2);
    const row = Math.floor((((positions[2 * i + 1] ?? NaN) - frame.centreY) * perUnit) / cellPx + height / 2);
    if (!(column >= 0 && row >= 0 && column < width && row < height)) continue;
    data[row * width + column] = (data[row * width + column] ?? 0) + 1;
  }
  blur2({ data, width, height }, bandwidthPx / cellPx);
  const most = data.reduce((a, b) => Math.max(a, b), 0);
  const toPath = geoPath();
  const toPx = new DOMMatrix([cellPx, 0, 0, cellPx, (-width * cellPx) / 2, (-height * cellPx) / 2]);
  const lines = contours()
    .size([width, height])
    .thresholds(shares.map((share) => share * most));
  for (const shape of lines(Array.from(data))) {
    const drawn = toPath(shape);
    if (drawn === null) continue;
    const line = new Path2D();
    line.addPath(new Path2D(drawn), toPx);
    isolines.lines.push(line);
  }
  return isolines;
}
