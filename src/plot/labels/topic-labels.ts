import type { Positions } from '../../core/layout/layout';
import type { TopicPainter } from './draw-topic-labels';
import { ComingIn, type LabelFrame } from './label-frame';
import type { LabelPlacement } from './label-placement';
import type { LitRows } from '../points/highlighted-rows';
import type { PointGrid } from '../points/point-grid';
import { overlaps, type Rect } from '../rect';
import type { SceneTopics } from '../scene';
import { overlaidRect, placeOver, type OverlaidLabel } from './topic-placement';
import { topicPlaces, type TopicPlace } from './topic-places';

/** Kept free round a label, px. */
const airPx = { across: 10, down: 5 };
/** A label goes while its topic grows to so many times the map, and is gone then: from there on titles tell more. */
const goneAt = 1.7;
const goingFrom = 1.35;
/** Of the hits that a topic with hits has on average: one with fewer is not named in a search. */
const leastShare = 0.5;
/** At the edge of what is seen a label holds on so far, while its topic is in sight, then fades over so many px. */
const mostMovedPx = 28;
const leavingPx = 6;
const edgePx = 6;

type PlacedTopic = OverlaidLabel & TopicPlace;

/** The label of a topic in one frame, px. */
export interface ShownTopic {
  topic: number;
  rect: Rect;
  alpha: number;
}

/** Decides which topics are named on the map and where. */
export class TopicLabels {
  #topics: SceneTopics | null = null;
  /** Of these topics at these positions. */
  #places: { topics: SceneTopics; positions: Positions; found: readonly TopicPlace[] } | null = null;
  #placed: readonly PlacedTopic[] = [];
  readonly #comingIn = new ComingIn();

  constructor(readonly painter: TopicPainter) {}

  retopic(topics: SceneTopics | null): void {
    this.#topics = topics;
    this.#placed = [];
    this.painter.retopic(topics);
  }

  /**
   * Takes room for labels, one a step, the larger topics first; in a search those with the most hits, without those that
   * have so few that their names would mislead. `hits` are the points that it lights.
   */
  *placing(
    placement: LabelPlacement,
    search: { lit: LitRows; hits: PointGrid } | null,
  ): Generator<void, void> {
    const { points, fitted } = placement.options;
    const roomPx = Math.min(fitted.size.widthPx, fitted.size.heightPx);
    const placed: PlacedTopic[] = [];
    this.#placed = placed;
    for (const place of this.#named(this.#placesAt(points.positions), search?.lit ?? null)) {
      const { widthPx, heightPx } = this.painter.textOf(place.topic);
      const box = { widthPx: widthPx + 2 * airPx.across, heightPx: heightPx + 2 * airPx.down };
      const untilScale = (goneAt * roomPx) / (2 * place.reach);
      const label = placeOver(placement, place, box, untilScale, search?.hits ?? null);
      if (label === null) continue;
      placed.push({ ...place, ...label });
      yield;
    }
  }

  #named(places: readonly TopicPlace[], lit: LitRows | null): readonly TopicPlace[] {
    if (lit === null) return places;
    const hits = new Map<number, number>();
    for (const row of lit.rows) {
      const topic = this.#topics?.topicOf[row] ?? -1;
      if (topic >= 0) hits.set(topic, (hits.get(topic) ?? 0) + 1);
    }
    const hitsOf = ({ topic }: TopicPlace) => hits.get(topic) ?? 0;
    const least = (leastShare * [...hits.values()].reduce((sum, some) => sum + some, 0)) / hits.size;
    return places.filter((place) => hitsOf(place) >= least).sort((a, b) => hitsOf(b) - hitsOf(a));
  }

  /** While points are on their way it is not known where topics are. */
  shown(frame: LabelFrame): ShownTopic[] {
    this.#comingIn.begin(frame);
    const { scale, x, y } = frame.projection;
    if (frame.positions !== this.#places?.positions) return [];
    const inSight = this.#placed
      .filter((place) => scale >= place.fromScale && scale < place.untilScale)
      .map((place) => {
        const atX = place.x * scale + x + place.shiftXPx;
        const atY = place.y * scale + y + place.shiftYPx;
        const { rect, movedPx } = broughtIn(overlaidRect(atX, atY, this.painter.textOf(place.topic)), frame);
        const going = Math.log(place.untilScale / scale) / Math.log(goneAt / goingFrom);
        const leaving = 1 + (mostMovedPx - movedPx) / leavingPx;
        return { topic: place.topic, rect, movedPx, alpha: Math.min(1, going, leaving) };
      })
      .filter(({ alpha }) => alpha > 0)
      .sort((a, b) => Number(a.movedPx > 0) - Number(b.movedPx > 0));
    const shown: ShownTopic[] = [];
    for (const { topic, rect, movedPx, alpha } of inSight) {
      // Those that stand where they were placed are in nobody's way.
      if (movedPx > 0 && shown.some((other) => overlaps(other.rect, rect))) continue;
      shown.push({ topic, rect, alpha: alpha * this.#comingIn.alphaOf(topic) });
    }
    return shown;
  }

  /** True while labels are still coming in. */
  draw(target: CanvasRenderingContext2D, shown: readonly ShownTopic[]): boolean {
    for (const { topic, rect, alpha } of shown) this.painter.draw(target, topic, rect, alpha);
    return this.#comingIn.end();
  }

  #placesAt(positions: Positions): readonly TopicPlace[] {
    const topics = this.#topics;
    if (topics === null) return [];
    if (this.#places?.topics !== topics || this.#places.positions !== positions)
      this.#places = { topics, positions, found: topicPlaces(positions, topics.topicOf) };
    return this.#places.found;
  }
}

/** A label moved to where neither the edge cuts it nor controls lie over it, and how far that is. */
function broughtIn(rect: Rect, { seen, corner }: LabelFrame): { rect: Rect; movedPx: number } {
  const inwards = (from: number, to: number, roomPx: number) =>
    Math.max(edgePx - from, 0) + Math.min(roomPx - edgePx - to, 0);
  let rightPx = inwards(rect.left, rect.right, seen.widthPx);
  let downPx = inwards(rect.top, rect.bottom, seen.heightPx);
  const moved = shifted(rect, rightPx, downPx);
  if (corner !== null && overlaps(moved, corner)) {
    const [leftPx, upPx] = [moved.right - corner.left, moved.bottom - corner.top];
    if (leftPx < upPx) rightPx -= leftPx;
    else downPx -= upPx;
  }
  return { rect: shifted(rect, rightPx, downPx), movedPx: Math.hypot(rightPx, downPx) };
}

function shifted({ left, right, top, bottom }: Rect, rightPx: number, downPx: number): Rect {
  return { left: left + rightPx, right: right + rightPx, top: top + downPx, bottom: bottom + downPx };
}
