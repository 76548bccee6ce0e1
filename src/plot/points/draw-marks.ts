import type { Positions } from '../../core/layout/layout';
import type { Colours } from '../colours';
import type { Projection } from '../view/frame';
import type { Isolines } from './isolines';
import type { LitRows } from './highlighted-rows';

/** What every drawing step needs. The context's unit is the CSS px. */
export interface Pen {
  context: CanvasRenderingContext2D;
  positions: Positions;
  projection: Projection;
  colours: Colours;
  radiusPx: number;
}

function spot(pen: Pen, index: number): { x: number; y: number } | null {
  const x = (pen.positions[2 * index] ?? NaN) * pen.projection.scale + pen.projection.x;
  const y = (pen.positions[2 * index + 1] ?? NaN) * pen.projection.scale + pen.projection.y;
  return Number.isNaN(x) || Number.isNaN(y) ? null : { x, y };
}

function disc(context: CanvasRenderingContext2D, x: number, y: number, radiusPx: number): void {
  context.beginPath();
  context.arc(x, y, radiusPx, 0, 2 * Math.PI);
}

/** Density, beneath everything, in a tone that is felt rather than seen. */
export function drawIsolines(pen: Pen, isolines: Isolines, alpha: number): void {
  const { context, projection, colours } = pen;
  const grown = projection.scale / isolines.perUnit;
  context.save();
  context.globalAlpha = alpha;
  context.translate(
    projection.x + isolines.centreX * projection.scale,
    projection.y + isolines.centreY * projection.scale,
  );
  context.scale(grown, grown);
  context.lineWidth = 1 / grown;
  context.lineJoin = 'round';
  context.strokeStyle = colours.isoline;
  for (const line of isolines.lines) context.stroke(line);
  context.restore();
}

/** Halos tell a few among many; of more than so many, or of more than half the map, they would be a fog. */
const mostHalos = { few: 100, share: 0.5, all: 1000 };

/** Papers that have just come: a soft disc beneath the point. In a search only those that it finds. */
export function drawHalos(pen: Pen, fresh: ReadonlySet<number>, lit: LitRows | null): void {
  const { context, colours, positions } = pen;
  const most = Math.max(mostHalos.few, Math.min(mostHalos.all, (mostHalos.share * positions.length) / 2));
  if (fresh.size > most) return;
  context.save();
  context.fillStyle = colours.point;
  for (const index of fresh) {
    if (lit?.has(index) === false) continue;
    const at = spot(pen, index);
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
export function drawTies(pen: Pen, selected: number, neighbours: readonly number[]): void {
  const from = spot(pen, selected);
  if (from === null) return;
  const { context, colours } = pen;
  context.save();
  context.strokeStyle = colours.accent;
  context.lineWidth = 1;
  neighbours.forEach((index, rank) => {
    const to = spot(pen, index);
    if (to === null) return;
    context.globalAlpha = 0.9 - (0.6 * rank) / Math.max(1, neighbours.length - 1);
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
    context.stroke();
  });
  context.restore();
}

/** A point drawn anew over the others, a little larger. */
export function drawPoint(pen: Pen, index: number, colour: string, extraPx: number): void {
  const at = spot(pen, index);
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

/** A ring with ground on both sides, so that it stands out in a crowd. */
export function drawRing(pen: Pen, index: number, colour: string, distancePx: number, widthPx: number): void {
  const at = spot(pen, index);
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

/** What makes a ring of a point that is drawn already. */
export function drawHole(pen: Pen, index: number, radiusPx: number): void {
  const at = spot(pen, index);
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
    const at = spot(pen, index);
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
