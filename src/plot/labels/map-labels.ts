import type { Positions } from '../../core/layout/layout';
import type { Frame, Projection, Size } from '../view/frame';
import type { LabelPainter } from './draw-labels';
import { ForemostLabels } from './priority-labels';
import { ComingIn, distanceFromEdge, screenOf, type LabelFrame } from './label-frame';
import { LabelPlacement, labelRect, type PlacedLabel, type PlacementOptions } from './label-placement';
import { foremostFirst, type LitRows } from '../points/highlighted-rows';
import { PointGrid } from '../points/point-grid';
import { overlaps, type Rect } from '../rect';
import type { SceneTopics } from '../scene';
import { spreadOrder } from '../points/spread-order';
import type { TopicLabels } from './topic-labels';

const gapPx = 7;
/** In a search so many titles, the best hits', come before the names of topics, but for the one that has most of the hits. */
const answers = 3;
/** One slice of placing, so that no frame waits. */
const sliceMs = 6;
/** Frames that come sooner after one another are of a map in motion, which the placing of many labels would hold up. */
const stillMs = 60;

/** Decides which titles stand on the map and where, and paints them over the names of topics. */
export class MapLabels {
  #options: PlacementOptions | null = null;
  #frame: Frame = { centreX: 0, centreY: 0, spanX: 1, spanY: 1 };
  #order: readonly number[] = [];
  #everyone: { placed: readonly PlacedLabel[]; options: PlacementOptions | null } = {
    placed: [],
    options: null,
  };
  #lit: readonly PlacedLabel[] = [];
  #litRows: LitRows | null = null;
  #timer = 0;
  #drawnMs = -Infinity;
  readonly #foremost: ForemostLabels;
  readonly #comingIn = new ComingIn();

  constructor(
    readonly painter: LabelPainter,
    readonly topics: TopicLabels,
    readonly onChange: () => void,
  ) {
    this.#foremost = new ForemostLabels(painter);
  }

  /** Places the labels of a layout at rest, a slice at a time; the old placement stands until the new one is whole. */
  arrange(positions: Positions, frame: Frame, size: Size, fitted: Projection, deepest: number): void {
    this.#frame = frame;
    this.#options = {
      points: new PointGrid(positions, this.#frame),
      fittedScale: fitted.scale,
      deepest,
      fitted: { size, x: fitted.x, y: fitted.y },
      gapPx,
    };
    this.#order = spreadOrder(positions, frame);
    this.#place();
  }

  /**
   * Labels these rows only, the more relevant before the less. Neither the dimmed rest nor the hits of a lower step are
   * then an obstacle, or the best hits in a crowd of them would go without.
   */
  light(rows: LitRows | null): void {
    this.#litRows = rows;
    this.#lit = [];
    if (rows !== null || this.#everyone.options !== this.#options) this.#place();
    else if (this.#options !== null) toEnd(this.topics.placing(new LabelPlacement(this.#options), null));
  }

  retopic(topics: SceneTopics | null): void {
    this.topics.retopic(topics);
    this.#everyone = { ...this.#everyone, options: null };
    this.#place();
  }

  stop(): void {
    window.clearTimeout(this.#timer);
  }

  #place(): void {
    this.stop();
    const options = this.#options;
    if (options === null) return;
    const rows = this.#litRows;
    const queue = rows === null ? this.#order : foremostFirst(this.#order, rows);
    const obstacles = rows === null ? () => options.points : this.#obstaclesByStep(options.points, rows);
    const placement = new LabelPlacement(options);
    let next = 0;
    const placeTo = (end: number) => {
      for (; next < end; next++) {
        const index = queue[next] ?? 0;
        placement.place(index, this.painter.textOf(index), obstacles(index));
      }
    };
    const hits = rows && new PointGrid(options.points.positions, this.#frame, rows);
    const naming = this.topics.placing(placement, rows && hits && { lit: rows, hits });
    if (rows !== null) {
      naming.next();
      placeTo(Math.min(queue.length, answers));
    }
    toEnd(naming);
    const first = next;
    const slice = () => {
      const startMs = performance.now();
      if (startMs - this.#drawnMs < stillMs && next > first) {
        this.#timer = window.setTimeout(slice, stillMs);
        return;
      }
      while (next < queue.length && performance.now() - startMs < sliceMs)
        placeTo(Math.min(queue.length, next + 16));
      if (next < queue.length) {
        this.#timer = window.setTimeout(slice);
        return;
      }
      const placed = placement.placed.sort((a, b) => a.fromScale - b.fromScale);
      if (rows === null) this.#everyone = { placed, options };
      else this.#lit = placed;
      this.onChange();
    };
    slice();
  }

  /** For a row, the points that are no less relevant. */
  #obstaclesByStep({ positions }: PointGrid, rows: LitRows): (index: number) => PointGrid {
    const grids = new Map<number, PointGrid>();
    return (index) => {
      const step = rows.stepOf(index);
      const known = grids.get(step);
      if (known !== undefined) return known;
      const has = (row: number) => rows.stepOf(row) >= step;
      const grid = new PointGrid(positions, this.#frame, { has });
      grids.set(step, grid);
      return grid;
    };
  }

  /** True while labels are still coming in. */
  draw(target: CanvasRenderingContext2D, frame: LabelFrame): boolean {
    this.#drawnMs = frame.nowMs;
    this.#comingIn.begin(frame);
    const taken: Rect[] = frame.covered === null ? [] : [grow(frame.covered, 6)];
    if (frame.corner !== null) taken.push(frame.corner);
    const isTaken = (rect: Rect) => taken.some((other) => overlaps(rect, other));
    const named = this.topics.shown(frame);
    taken.push(...named.map(({ rect }) => rect));
    const foremost = this.#foremost.place(frame, isTaken, this.#options?.points ?? null);
    taken.push(...foremost.map(({ rect }) => rect));
    // The name of a topic gives way to the one title that is always there.
    const isClear = (rect: Rect) => !foremost.some((label) => overlaps(rect, label.rect));
    const isNamingTopics = this.topics.draw(
      target,
      named.filter(({ rect }) => isClear(rect)),
    );
    const done = new Set([frame.silent, ...foremost.map(({ index }) => index)]);
    const { scale } = frame.projection;
    for (const label of this.#litRows === null ? this.#everyone.placed : this.#lit) {
      if (label.fromScale > scale) break;
      if (done.has(label.index)) continue;
      const { x, y } = screenOf(frame, label.index);
      if (!isNear(frame, x, y)) continue;
      const rect = labelRect(label.side, x, y, this.painter.textOf(label.index), gapPx);
      if (distanceFromEdge(frame.seen, rect) < 2 || isTaken(rect)) continue;
      if (frame.isMoving) taken.push(rect);
      const alpha = this.#comingIn.alphaOf(label.index);
      this.painter.draw(target, label.index, label.side, rect, frame.tone, alpha);
    }
    for (const { index, side, rect, tone } of foremost) {
      this.#comingIn.skip(index);
      this.painter.draw(target, index, side, rect, tone, 1);
    }
    return this.#comingIn.end() || isNamingTopics;
  }
}

function toEnd(steps: Generator<void, void>): void {
  let step;
  do step = steps.next();
  while (step.done !== true);
}

/** Whether a label at a point can be in view at all. */
function isNear({ seen }: LabelFrame, x: number, y: number): boolean {
  return x > -gapPx && y > -gapPx && x < seen.widthPx + gapPx && y < seen.heightPx + gapPx;
}

function grow(rect: Rect, byPx: number): Rect {
  return {
    left: rect.left - byPx,
    top: rect.top - byPx,
    right: rect.right + byPx,
    bottom: rect.bottom + byPx,
  };
}
