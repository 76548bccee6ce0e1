import type { LabelPainter, LabelTone } from './draw-labels';
import { distanceFromEdge, screenOf, type LabelFrame } from './label-frame';
import { labelRect, sides, type Side } from './label-placement';
import type { PointGrid } from '../points/point-grid';
import { inLayoutUnits, overlaps, type Rect } from '../rect';

const gapPx = 7;
/** Leaves room for the ring of the selected point. */
const ringGapPx = 11;
/** A neighbour is not labelled if its label would hide more points than this. */
const maxHidden = 3;

export interface PriorityLabel {
  index: number;
  side: Side;
  rect: Rect;
  tone: LabelTone;
}

/** Places the titles that come before all others, in each frame. */
export class PriorityLabels {
  #sides = new Map<number, Side>();

  constructor(readonly painter: LabelPainter) {}

  /** A strong title is always placed, others only where there is room. `points` are the idle ones. */
  place(frame: LabelFrame, isTaken: (rect: Rect) => boolean, points: PointGrid | null): PriorityLabel[] {
    const placed: PriorityLabel[] = [];
    const dots = frame.priority.map(({ index }) => {
      const { x, y } = screenOf(frame, index);
      return { left: x - 4, right: x + 4, top: y - 4, bottom: y + 4 };
    });
    for (const { index, tone } of frame.priority) {
      const at = screenOf(frame, index);
      // a paper may be open before it has a position
      if (Number.isNaN(at.x) || index === frame.unlabelled || placed.some((label) => label.index === index))
        continue;
      let best: { side: Side; rect: Rect } | undefined;
      let minCost = tone === 'strong' ? Infinity : maxHidden;
      for (const [rank, side] of sides.entries()) {
        const gap = tone === 'strong' ? ringGapPx : gapPx;
        const rect = labelRect(side, at.x, at.y, this.painter.textOf(index), gap);
        // a title over a neighbour is still readable, one cut by the edge is not
        const isCut = !(distanceFromEdge(frame.visible, rect) >= 2);
        const isBlocked =
          isTaken(rect) ||
          placed.some((label) => overlaps(rect, label.rect)) ||
          dots.some((dot) => overlaps(rect, dot));
        const wasHere = this.#sides.get(index) === side;
        const cost =
          (isCut ? 1000 : 0) +
          (isBlocked ? 100 : 0) +
          countHidden(frame, rect, points) +
          rank * 0.1 -
          (wasHere ? 1.5 : 0);
        if (cost >= minCost) continue;
        minCost = cost;
        best = { side, rect };
      }
      if (best !== undefined) placed.push({ index, tone, ...best });
    }
    this.#sides = new Map(placed.map(({ index, side }) => [index, side]));
    return placed;
  }
}

/** The number of points that a label would hide. */
function countHidden({ projection, isMoving }: LabelFrame, rect: Rect, points: PointGrid | null): number {
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
