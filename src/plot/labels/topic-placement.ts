import type { LabelPlacement } from './label-placement';
import type { PointGrid } from '../points/point-grid';
import { inLayoutUnits, type Rect } from '../rect';
import type { TopicPlace } from './topic-places';

/** A label over the centre of a topic, shown from one scale to another, with the same shift from it in px at each. */
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

/** Between a label and the edge of the map. */
const edgePx = 8;
/** Candidate shifts, in steps; a step is a share of the label's width or height, limited by the reach of the topic. */
const shifts = [-1, 0, 1].flatMap((across) => [-2, -1, 0, 1, 2].map((down) => ({ across, down })));
const stepShare = { across: 0.3, down: 0.5, reach: 0.35 };
/** Points hidden at closer views count less. Points beyond `crowd` are not counted. */
const views = [
  { zoom: 1, weight: 1 },
  { zoom: 2, weight: 0.5 },
  { zoom: 4, weight: 0.25 },
];
const crowd = 16;
const hitWeight = 4;
const stepCost = 0.9;
const octaveCost = 24;

/** The rect of a label centred at a point of the screen, px. */
export function overlaidRect(x: number, y: number, { widthPx, heightPx }: Box): Rect {
  const [left, top] = [x - widthPx / 2, y - heightPx / 2];
  return { left, top, right: left + widthPx, bottom: top + heightPx };
}

/**
 * Places the label of a topic at its centre or a little aside, where it can be shown from a coarser scale and hides fewer
 * points, above all fewer of `hits`. It overlaps no label placed before it, and with the whole layout in view it lies
 * inside the map. Null when it has room at no scale below `untilScale`.
 */
export function placeTopicLabel(
  placement: LabelPlacement,
  centre: TopicPlace,
  box: Box,
  untilScale: number,
  hits: PointGrid | null,
): OverlaidLabel | null {
  const { fittedScale, fitted, points } = placement.options;
  const reachPx = stepShare.reach * centre.reach * fittedScale;
  const stepX = Math.min(stepShare.across * box.widthPx, reachPx);
  const stepY = Math.min(stepShare.down * box.heightPx, reachPx);
  const x = centre.x * fittedScale + fitted.x;
  const y = centre.y * fittedScale + fitted.y;
  let best: (OverlaidLabel & { rectAt: (scale: number) => Rect }) | null = null;
  let minCost = Infinity;
  for (const { across, down } of shifts) {
    const shiftXPx = within(x + across * stepX, box.widthPx / 2, fitted.size.widthPx) - x;
    const shiftYPx = within(y + down * stepY, box.heightPx / 2, fitted.size.heightPx) - y;
    const rectAt = (scale: number) =>
      overlaidRect(centre.x * scale + shiftXPx, centre.y * scale + shiftYPx, box);
    const fromScale = placement.coarsestFree(rectAt, untilScale);
    if (fromScale === null) continue;
    const firstVisible = Math.max(fromScale, fittedScale);
    let cost =
      stepCost * (Math.abs(across) + Math.abs(down)) + octaveCost * Math.log2(firstVisible / fittedScale);
    for (const { zoom, weight } of views) {
      const scale = firstVisible * zoom;
      if (scale >= untilScale) break;
      const rect = inLayoutUnits(rectAt(scale), scale);
      cost += weight * (points.count(rect, crowd) + hitWeight * (hits?.count(rect, crowd) ?? 0));
    }
    if (cost >= minCost) continue;
    minCost = cost;
    best = { fromScale, untilScale, shiftXPx, shiftYPx, rectAt };
  }
  if (best === null) return null;
  const { rectAt, ...label } = best;
  placement.reserve(rectAt, label.fromScale, untilScale);
  return label;
}

function within(at: number, halfPx: number, roomPx: number): number {
  return Math.max(edgePx + halfPx, Math.min(roomPx - edgePx - halfPx, at));
}
