import type { Positions } from '../core/layout/layout';
import type { TopicPainter } from './draw-topic-labels';
import type { Size } from './frame';
import { ComingIn, type LabelFrame } from './label-frame';
import type { LabelPlacement } from './label-placement';
import type { LitRows } from './lit-rows';
import type { PointGrid } from './point-grid';
import { overlaps, type Rect } from './rect';
import type { SceneTopics } from './scene';
import { overlaidRect, placeOver, type OverlaidLabel } from './topic-placement';
import { topicPlaces, type TopicPlace } from './topic-places';

/** Kept free round a label, px. */
const airPx = { across: 10, down: 5 };
/** A label goes while its topic grows to so many times the map, and is gone then: from there on titles tell more. */
const goneAt = 1.7;
const goingFrom = 1.35;
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
   * Takes room for labels before any title does, the larger topics first; in a search for those that have a hit. `hits`
   * are the points that it lights.
   */
  place(placement: LabelPlacement, search: { lit: LitRows; hits: PointGrid } | null): void {
    const { points, fitted } = placement.options;
    const roomPx = Math.min(fitted.size.widthPx, fitted.size.heightPx);
    const hit = search && new Set(search.lit.rows.map((row) => this.#topics?.topicOf[row] ?? -1));
    const placed: PlacedTopic[] = [];
    for (const place of this.#placesAt(points.positions)) {
      if (hit?.has(place.topic) === false) continue;
      const { widthPx, heightPx } = this.painter.textOf(place.topic);
      const box = { widthPx: widthPx + 2 * airPx.across, heightPx: heightPx + 2 * airPx.down };
      const untilScale = (goneAt * roomPx) / (2 * place.reach);
      const label = placeOver(placement, place, box, untilScale, search?.hits ?? null);
      if (label !== null) placed.push({ ...place, ...label });
    }
    this.#placed = placed;
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
        const { rect, movedPx } = broughtIn(
          overlaidRect(atX, atY, this.painter.textOf(place.topic)),
          frame.seen,
        );
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

/** A label moved to where the edge does not cut it, and how far that is. */
function broughtIn(rect: Rect, seen: Size): { rect: Rect; movedPx: number } {
  const inwards = (from: number, to: number, roomPx: number) =>
    Math.max(edgePx - from, 0) + Math.min(roomPx - edgePx - to, 0);
  const rightPx = inwards(rect.left, rect.right, seen.widthPx);
  const downPx = inwards(rect.top, rect.bottom, seen.heightPx);
  return {
    rect: {
      left: rect.left + rightPx,
      right: rect.right + rightPx,
      top: rect.top + downPx,
      bottom: rect.bottom + downPx,
    },
    movedPx: Math.hypot(rightPx, downPx),
  };
}
