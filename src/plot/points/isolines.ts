import { blur2, contours, geoPath } from 'd3';
import type { Positions } from '../../core/layout/layout';
import { pxPerUnit, type Frame, type Size } from '../view/frame';

/** Each line surrounds the densest area with this share of the papers. */
const shares = [0.94, 0.68, 0.36];
const cellPx = 5;
/** Fewer points have no density to speak of. */
const fewestPoints = 12;

export interface Isolines {
  /** In px of the map at zoom 1, relative to the frame's centre. */
  lines: Path2D[];
  /** The scale, px per layout unit, and the centre of the frame for which the lines were traced. */
  perUnit: number;
  centreX: number;
  centreY: number;
}

/** Lines of equal density of idle points: a histogram, blurred, contoured. */
export function traceIsolines(positions: Positions, frame: Frame, size: Size): Isolines {
  const perUnit = pxPerUnit(frame, size);
  const isolines: Isolines = { lines: [], perUnit, centreX: frame.centreX, centreY: frame.centreY };
  const n = positions.length / 2;
  const bandwidthPx =
    Math.min(size.widthPx, size.heightPx) / Math.max(24, Math.min(64, 24 * (n / 400) ** 0.22));
  // A margin for the density of the outermost points.
  const width = Math.ceil((frame.spanX * perUnit + 6 * bandwidthPx) / cellPx);
  const height = Math.ceil((frame.spanY * perUnit + 6 * bandwidthPx) / cellPx);
  const data = new Float64Array(width * height);
  const cells: number[] = [];
  for (let i = 0; i < n; i++) {
    const column = Math.floor((((positions[2 * i] ?? NaN) - frame.centreX) * perUnit) / cellPx + width / 2);
    const row = Math.floor((((positions[2 * i + 1] ?? NaN) - frame.centreY) * perUnit) / cellPx + height / 2);
    if (!(column >= 0 && row >= 0 && column < width && row < height)) continue;
    const cell = row * width + column;
    cells.push(cell);
    data[cell] = (data[cell] ?? 0) + 1;
  }
  if (cells.length < fewestPoints) return isolines;
  blur2({ data, width, height }, bandwidthPx / cellPx);
  const densities = Float64Array.from(cells, (cell) => data[cell] ?? 0).sort();
  const levels = shares.map((share) => densities[Math.floor((1 - share) * densities.length)] ?? 0);
  const toPath = geoPath();
  const toPx = new DOMMatrix([cellPx, 0, 0, cellPx, (-width * cellPx) / 2, (-height * cellPx) / 2]);
  const lines = contours().size([width, height]).thresholds(levels);
  for (const shape of lines(Array.from(data))) {
    const drawn = toPath(shape);
    if (drawn === null) continue;
    const line = new Path2D();
    line.addPath(new Path2D(drawn), toPx);
    isolines.lines.push(line);
  }
  return isolines;
}
