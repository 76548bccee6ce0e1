import type { LabelPainter, LabelTone } from './draw-labels';
import { distanceFromEdge, screenOf, type LabelFrame } from './label-frame';
import { labelRect, sides, type Side } from './label-placement';
import type { PointGrid } from '../points/point-grid';
import { inLayoutUnits, overlaps, type Rect } from '../rect';

const gapPx = 7;
/** The selected point wears a ring. */
const ringGapPx = 11;
/** A neighbour goes without its label rather than hide more points than this. */
const mostHidden = 3;

export interface ForemostLabel {
  index: number;
  side: Side;
  rect: Rect;
  tone: LabelTone;
}

/** Finds room in one frame for the titles that come before all others. */
export class ForemostLabels {
  #sides = new Map<number, Side>();

  constructor(readonly painter: LabelPainter) {}

  /** A strong title is always given a place, others where it is free. `points` are those at rest. */
  place(frame: LabelFrame, isTaken: (rect: Rect) => boolean, points: PointGrid | null): ForemostLabel[] {
    const found: ForemostLabel[] = [];
    const dots = frame.foremost.map(({ index }) => {
      const { x, y } = screenOf(frame, index);
      return { left: x - 4, right: x + 4, top: y - 4, bottom: y + 4 };
    });
    for (const { index, tone } of frame.foremost) {
      const at = screenOf(frame, index);
      // a paper may be open before it has its place
      if (Number.isNaN(at.x) || index === frame.silent || found.some((label) => label.index === index))
        continue;
      let best: { side: Side; rect: Rect } | undefined;
      let leastCost = tone === 'strong' ? Infinity : mostHidden;
      for (const [rank, side] of sides.entries()) {
        const gap = tone === 'strong' ? ringGapPx : gapPx;
        const rect = labelRect(side, at.x, at.y, this.painter.textOf(index), gap);
        // a title over a neighbour can still be read, one cut by the edge cannot
        const isCut = !(distanceFromEdge(frame.seen, rect) >= 2);
        const blocked =
          isTaken(rect) ||
          found.some((label) => overlaps(rect, label.rect)) ||
          dots.some((dot) => overlaps(rect, dot));
        const wasHere = this.#sides.get(index) === side;
        const cost =
          (isCut ? 1000 : 0) +
          (blocked ? 100 : 0) +
          hidden(frame, rect, points) +
          rank * 0.1 -
          (wasHere ? 1.5 : 0);
        if (cost >= leastCost) continue;
        leastCost = cost;
        best = { side, rect };
      }
      if (best !== undefined) found.push({ index, tone, ...best });
    }
    this.#sides = new Map(found.map(({ index, side }) => [index, side]));
    return found;
  }
}

/** Points that a label would lie on. */
function hidden({ projection, isMoving }: LabelFrame, rect: Rect, points: PointGrid | null): number {
  if (points === null || isMoving) return 0;
  const { x, y, scale } = projection;
  const shifted = {
    left: rect.left - x,
    right: rect.right - x,
    top: rect.top - y,
    bottom: rect.bottom - y,
  };
  return points.count(inLayoutUnits(shifted, scale), 20);
}
