import type { Positions } from '../../core/layout/layout';
import type { Colours } from '../colours';
import type { Projection } from '../view/frame';
import type { Isolines } from './isolines';
import type { HighlightedRows } from './highlighted-rows';

/** The arguments of every drawing step. The context's unit is the CSS px. */
export interface Pen {
  context: CanvasRenderingContext2D;
  positions: Positions;
  projection: Projection;
  colours: Colours;
  radiusPx: number;
}

function screenOf(pen: Pen, index: number): { x: number; y: number } | null {
  const x = (pen.positions[2 * index] ?? NaN) * pen.projection.scale + pen.projection.x;
  const y = (pen.positions[2 * index + 1] ?? NaN) * pen.projection.scale + pen.projection.y;
  return Number.isNaN(x) || Number.isNaN(y) ? null : { x, y };
}

function disc(context: CanvasRenderingContext2D, x: number, y: number, radiusPx: number): void {
  context.beginPath();
  context.arc(x, y, radiusPx, 0, 2 * Math.PI);
}

/** Density, beneath everything else, in a faint tone. */
export function drawIsolines(pen: Pen, isolines: Isolines, alpha: number): void {
  const { context, projection, colours } = pen;
  const zoomRatio = projection.scale / isolines.perUnit;
  context.save();
  context.globalAlpha = alpha;
  context.translate(
    projection.x + isolines.centreX * projection.scale,
    projection.y + isolines.centreY * projection.scale,
  );
  context.scale(zoomRatio, zoomRatio);
  context.lineWidth = 1 / zoomRatio;
  context.lineJoin = 'round';
  context.strokeStyle = colours.isoline;
  for (const line of isolines.lines) context.stroke(line);
  context.restore();
}

/**
 * Halos mark a few points among many. None are drawn for more than half of the map (`min` are always allowed), or for more
 * than `max`.
 */
const haloLimits = { min: 100, share: 0.5, max: 1000 };

/** A soft disc beneath the points of new papers; in a search only of those among the hits. */
export function drawHalos(pen: Pen, fresh: ReadonlySet<number>, highlighted: HighlightedRows | null): void {
  const { context, colours, positions } = pen;
  const share = (haloLimits.share * positions.length) / 2;
  if (fresh.size > Math.max(haloLimits.min, Math.min(haloLimits.max, share))) return;
  context.save();
  context.fillStyle = colours.point;
  for (const index of fresh) {
    if (highlighted?.has(index) === false) continue;
    const at = screenOf(pen, index);
    if (at === null) continue;
    context.globalAlpha = 0.09;
    disc(context, at.x, at.y, pen.radiusPx + 7);
    context.fill();
    context.globalAlpha = 0.14;
    disc(context, at.x, at.y, pen.radiusPx + 4);
    context.fill();
  }
  context.restore();
}

/** Thin lines from the selected paper to its true neighbours, fainter with rank. */
export function drawNeighbourLines(pen: Pen, selected: number, neighbours: readonly number[]): void {
  const from = screenOf(pen, selected);
  if (from === null) return;
  const { context, colours } = pen;
  context.save();
  context.strokeStyle = colours.accent;
  context.lineWidth = 1;
  neighbours.forEach((index, rank) => {
    const to = screenOf(pen, index);
    if (to === null) return;
    context.globalAlpha = 0.9 - (0.6 * rank) / Math.max(1, neighbours.length - 1);
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
    context.stroke();
  });
  context.restore();
}

/** A point with a rim in the background colour, drawn over those before it. */
export function drawPoint(pen: Pen, index: number, colour: string, extraPx: number): void {
  const at = screenOf(pen, index);
  if (at === null) return;
  const { context, colours } = pen;
  const radiusPx = Math.max(0, pen.radiusPx + extraPx);
  context.fillStyle = colours.ground;
  disc(context, at.x, at.y, radiusPx + Math.min(0.9, radiusPx));
  context.fill();
  context.fillStyle = colour;
  disc(context, at.x, at.y, radiusPx);
  context.fill();
}

/** A ring with the background colour on both sides, so that it stands out in a crowd. */
export function drawRing(pen: Pen, index: number, colour: string, distancePx: number, widthPx: number): void {
  const at = screenOf(pen, index);
  if (at === null) return;
  const { context, colours } = pen;
  const radius = pen.radiusPx + distancePx;
  disc(context, at.x, at.y, radius);
  context.lineWidth = widthPx + 2.5;
  context.strokeStyle = colours.ground;
  context.stroke();
  context.lineWidth = widthPx;
  context.strokeStyle = colour;
  context.stroke();
}

/** Turns a drawn point into a ring. */
export function drawHole(pen: Pen, index: number, radiusPx: number): void {
  const at = screenOf(pen, index);
  if (at === null) return;
  pen.context.fillStyle = pen.colours.ground;
  disc(pen.context, at.x, at.y, radiusPx);
  pen.context.fill();
}

const starPx = 3.6;

/** A small star beside each point, up to the right, where it covers least of the label. */
export function drawStars(pen: Pen, starred: ReadonlySet<number>): void {
  const { context, colours } = pen;
  context.save();
  context.lineJoin = 'round';
  context.lineWidth = 1.5;
  context.strokeStyle = colours.ground;
  context.fillStyle = colours.ink;
  for (const index of starred) {
    const at = screenOf(pen, index);
    if (at === null) continue;
    const offsetPx = 0.7 * pen.radiusPx + starPx;
    context.beginPath();
    for (let corner = 0; corner < 10; corner++) {
      const angle = (corner * Math.PI) / 5 - Math.PI / 2;
      const reachPx = corner % 2 === 0 ? starPx : 0.42 * starPx;
      context.lineTo(
        at.x + offsetPx + reachPx * Math.cos(angle),
        at.y - offsetPx + reachPx * Math.sin(angle),
      );
    }
    context.closePath();
    context.stroke();
    context.fill();
  }
  context.restore();
}
