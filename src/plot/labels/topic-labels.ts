import type { Positions } from '../../core/layout/layout';
import type { TopicPainter } from './draw-topic-labels';
import { FadeIn, type LabelFrame } from './label-frame';
import type { LabelPlacement } from './label-placement';
import type { HighlightedRows } from '../points/highlighted-rows';
import type { PointGrid } from '../points/point-grid';
import { overlaps, type Rect } from '../rect';
import type { SceneTopics } from '../scene';
import { overlaidRect, placeTopicLabel, type OverlaidLabel } from './topic-placement';
import { topicPlaces, type TopicPlace } from './topic-places';

/** The margin round a label, px. */
const marginPx = { across: 10, down: 5 };
/** A label fades out while its topic grows from 1.35 to 1.7 times the size of the map: titles then say more. */
const fadeFrom = 1.35;
const fadeUntil = 1.7;
/** A topic with fewer hits than this share of the mean over topics with hits is not named in a search. */
const minShare = 0.5;
/** A label at the edge of the visible part is moved inwards by up to this distance, then fades out over the next px. */
const maxMovedPx = 28;
const edgeFadePx = 6;
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
  /** The last computed places, with the topics and the positions that they were computed from. */
  #places: { topics: SceneTopics; positions: Positions; all: readonly TopicPlace[] } | null = null;
  #placed: readonly PlacedTopic[] = [];
  readonly #fadeIn = new FadeIn();

  constructor(readonly painter: TopicPainter) {}

  retopic(topics: SceneTopics | null): void {
    this.#topics = topics;
    this.#placed = [];
    this.painter.retopic(topics);
  }

  /**
   * Places one label per step: the largest topics first; in a search those with the most hits first, and none with so few
   * that its name would mislead. `hits` are the highlighted points.
   */
  *placeLabels(
    placement: LabelPlacement,
    search: { highlighted: HighlightedRows; hits: PointGrid } | null,
  ): Generator<void, void> {
    const { points, fitted } = placement.options;
    const roomPx = Math.min(fitted.size.widthPx, fitted.size.heightPx);
    const placed: PlacedTopic[] = [];
    this.#placed = placed;
    for (const place of this.#topicsToName(this.#placesAt(points.positions), search?.highlighted ?? null)) {
      const { widthPx, heightPx } = this.painter.textOf(place.topic);
      const box = { widthPx: widthPx + 2 * marginPx.across, heightPx: heightPx + 2 * marginPx.down };
      const untilScale = (fadeUntil * roomPx) / (2 * place.reach);
      const label = placeTopicLabel(placement, place, box, untilScale, search?.hits ?? null);
      if (label === null) continue;
      placed.push({ ...place, ...label });
      yield;
    }
  }

  #topicsToName(places: readonly TopicPlace[], highlighted: HighlightedRows | null): readonly TopicPlace[] {
    if (highlighted === null) return places;
    const hits = new Map<number, number>();
    for (const row of highlighted.rows) {
      const topic = this.#topics?.topicOf[row] ?? -1;
      if (topic >= 0) hits.set(topic, (hits.get(topic) ?? 0) + 1);
    }
    const hitsOf = ({ topic }: TopicPlace) => hits.get(topic) ?? 0;
    const minHits = (minShare * [...hits.values()].reduce((sum, count) => sum + count, 0)) / hits.size;
    return places.filter((place) => hitsOf(place) >= minHits).sort((a, b) => hitsOf(b) - hitsOf(a));
  }

  /** None while points are moving: the places of topics are not known then. */
  shown(frame: LabelFrame): ShownTopic[] {
    this.#fadeIn.begin(frame);
    const { scale, x, y } = frame.projection;
    if (frame.positions !== this.#places?.positions) return [];
    const inView = this.#placed
      .filter((place) => scale >= place.fromScale && scale < place.untilScale)
      .map((place) => {
        const atX = place.x * scale + x + place.shiftXPx;
        const atY = place.y * scale + y + place.shiftYPx;
        const { rect, movedPx } = movedInside(
          overlaidRect(atX, atY, this.painter.textOf(place.topic)),
          frame,
        );
        const zoomFade = Math.log(place.untilScale / scale) / Math.log(fadeUntil / fadeFrom);
        const edgeFade = 1 + (maxMovedPx - movedPx) / edgeFadePx;
        return { topic: place.topic, rect, movedPx, alpha: Math.min(1, zoomFade, edgeFade) };
      })
      .filter(({ alpha }) => alpha > 0)
      .sort((a, b) => Number(a.movedPx > 0) - Number(b.movedPx > 0));
    const shown: ShownTopic[] = [];
    for (const { topic, rect, movedPx, alpha } of inView) {
      // Labels that were not moved cannot overlap each other.
      if (movedPx > 0 && shown.some((other) => overlaps(other.rect, rect))) continue;
      shown.push({ topic, rect, alpha: alpha * this.#fadeIn.alphaOf(topic) });
    }
    return shown;
  }

  /** True while labels are still fading in. */
  draw(target: CanvasRenderingContext2D, shown: readonly ShownTopic[]): boolean {
    for (const { topic, rect, alpha } of shown) this.painter.draw(target, topic, rect, alpha);
    return this.#fadeIn.end();
  }

  #placesAt(positions: Positions): readonly TopicPlace[] {
    const topics = this.#topics;
    if (topics === null) return [];
    if (this.#places?.topics !== topics || this.#places.positions !== positions)
      this.#places = { topics, positions, all: topicPlaces(positions, topics.topicOf) };
    return this.#places.all;
  }
}

/** Moves a label inwards so that neither the edge nor the controls cover it. */
function movedInside(rect: Rect, { visible, corner }: LabelFrame): { rect: Rect; movedPx: number } {
  const inwards = (from: number, to: number, roomPx: number) =>
    Math.max(edgePx - from, 0) + Math.min(roomPx - edgePx - to, 0);
  let rightPx = inwards(rect.left, rect.right, visible.widthPx);
  let downPx = inwards(rect.top, rect.bottom, visible.heightPx);
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
