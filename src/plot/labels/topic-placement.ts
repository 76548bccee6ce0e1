import type { LabelPlacement } from './label-placement';
import type { PointGrid } from '../points/point-grid';
import { inLayoutUnits, type Rect } from '../rect';
import type { TopicPlace } from './topic-places';

/** A label over a spot, shown at these scales. It keeps the same distance to the spot at each of them, px. */
export interface OverlaidLabel {
  fromScale: number;
  untilScale: number;
  shiftXPx: number;
  shiftYPx: number;
}

interface Box {
  widthPx: number;
  heightPx: number;
}

/** Kept free between a label and the edge of the map. */
const edgePx = 8;
/** How far a label may stand from its spot, in its own widths and heights, and in reaches of its topic. */
const places = [-1, 0, 1].flatMap((across) => [-2, -1, 0, 1, 2].map((down) => ({ across, down })));
const stepShare = { across: 0.3, down: 0.5, reach: 0.35 };
/** What a label hides as one goes in counts less and less. Beyond so many points it is a crowd anyway. */
const views = [
  { nearer: 1, weight: 1 },
  { nearer: 2, weight: 0.5 },
  { nearer: 4, weight: 0.25 },
];
const crowd = 16;
const hitWeight = 4;
const stepCost = 0.9;
const octaveCost = 24;

/** A label over a spot of the screen, px. */
export function overlaidRect(x: number, y: number, { widthPx, heightPx }: Box): Rect {
  const [left, top] = [x - widthPx / 2, y - heightPx / 2];
  return { left, top, right: left + widthPx, bottom: top + heightPx };
}

/**
 * Finds room for the label of a topic at its spot, or a little aside, where it can be shown from further out and hides
 * fewer points, above all of `hits`; but no label placed before it. With the whole layout in view it stands inside the
 * map. Null when there is no scale under `untilScale` at which it has room.
 */
export function placeOver(
  placement: LabelPlacement,
  spot: TopicPlace,
  box: Box,
  untilScale: number,
  hits: PointGrid | null,
): OverlaidLabel | null {
  const { fittedScale, fitted, points } = placement.options;
  const reachPx = stepShare.reach * spot.reach * fittedScale;
  const stepX = Math.min(stepShare.across * box.widthPx, reachPx);
  const stepY = Math.min(stepShare.down * box.heightPx, reachPx);
  const x = spot.x * fittedScale + fitted.x;
  const y = spot.y * fittedScale + fitted.y;
  let best: (OverlaidLabel & { rectAt: (scale: number) => Rect }) | null = null;
  let leastCost = Infinity;
  for (const { across, down } of places) {
    const shiftXPx = within(x + across * stepX, box.widthPx / 2, fitted.size.widthPx) - x;
    const shiftYPx = within(y + down * stepY, box.heightPx / 2, fitted.size.heightPx) - y;
    const rectAt = (scale: number) => overlaidRect(spot.x * scale + shiftXPx, spot.y * scale + shiftYPx, box);
    const fromScale = placement.coarsestFree(rectAt, untilScale);
    if (fromScale === null) continue;
    const firstSeen = Math.max(fromScale, fittedScale);
    let cost =
      stepCost * (Math.abs(across) + Math.abs(down)) + octaveCost * Math.log2(firstSeen / fittedScale);
    for (const { nearer, weight } of views) {
      const scale = firstSeen * nearer;
      if (scale >= untilScale) break;
      const rect = inLayoutUnits(rectAt(scale), scale);
      cost += weight * (points.count(rect, crowd) + hitWeight * (hits?.count(rect, crowd) ?? 0));
    }
    if (cost >= leastCost) continue;
    leastCost = cost;
    best = { fromScale, untilScale, shiftXPx, shiftYPx, rectAt };
  }
  if (best === null) return null;
  const { rectAt, ...label } = best;
  placement.take(rectAt, label.fromScale, untilScale);
  return label;
}

function within(at: number, halfPx: number, roomPx: number): number {
  return Math.max(edgePx + halfPx, Math.min(roomPx - edgePx - halfPx, at));
}
