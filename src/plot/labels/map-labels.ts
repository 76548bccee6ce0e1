import { runToEnd } from '../../core/async/slices';
import type { Positions } from '../../core/layout/layout';
import type { Frame, Projection, Size } from '../view/frame';
import type { LabelPainter } from './draw-labels';
import { PriorityLabels } from './priority-labels';
import { FadeIn, distanceFromEdge, screenOf, type LabelFrame } from './label-frame';
import { LabelPlacement, labelRect, type PlacedLabel, type PlacementOptions } from './label-placement';
import { mostRelevantFirst, type HighlightedRows } from '../points/highlighted-rows';
import { PointGrid } from '../points/point-grid';
import { overlaps, type Rect } from '../rect';
import type { SceneTopics } from '../scene';
import { spreadOrder } from '../points/spread-order';
import type { TopicLabels } from './topic-labels';

const gapPx = 7;
/** In a search the titles of this many best hits are placed before all topics but the one with the most hits. */
const titlesBeforeTopics = 3;
/** The time of one slice of placement, so that it delays no frame. */
const sliceMs = 6;
/** Frames in quicker succession mean a map in motion: placement waits, or it would slow the motion down. */
const stillMs = 60;

/** Decides which titles are on the map and where, and paints them over the names of topics. */
export class MapLabels {
  #options: PlacementOptions | null = null;
  #frame: Frame = { centreX: 0, centreY: 0, spanX: 1, spanY: 1 };
  #order: readonly number[] = [];
  #unfiltered: { placed: readonly PlacedLabel[]; options: PlacementOptions | null } = {
    placed: [],
    options: null,
  };
  #highlighted: readonly PlacedLabel[] = [];
  #highlightedRows: HighlightedRows | null = null;
  #timer = 0;
  #drawnMs = -Infinity;
  readonly #priorityLabels: PriorityLabels;
  readonly #fadeIn = new FadeIn();

  constructor(
    readonly painter: LabelPainter,
    readonly topics: TopicLabels,
    readonly onChange: () => void,
  ) {
    this.#priorityLabels = new PriorityLabels(painter);
  }

  /** Places the labels of an idle layout in slices; the old placement is drawn until the new one is complete. */
  arrange(positions: Positions, frame: Frame, size: Size, fitted: Projection, maxZoom: number): void {
    this.#frame = frame;
    this.#options = {
      points: new PointGrid(positions, this.#frame),
      fittedScale: fitted.scale,
      maxZoom,
      fitted: { size, x: fitted.x, y: fitted.y },
      gapPx,
    };
    this.#order = spreadOrder(positions, frame);
    this.#place();
  }

  /**
   * Labels these rows only, the most relevant first. Neither dimmed points nor hits of a lower step are obstacles then, or
   * the best hits in a crowd would have no label.
   */
  highlight(rows: HighlightedRows | null): void {
    this.#highlightedRows = rows;
    this.#highlighted = [];
    if (rows !== null || this.#unfiltered.options !== this.#options) this.#place();
    else if (this.#options !== null)
      runToEnd(this.topics.placeLabels(new LabelPlacement(this.#options), null));
  }

  retopic(topics: SceneTopics | null): void {
    this.topics.retopic(topics);
    this.#unfiltered = { ...this.#unfiltered, options: null };
    this.#place();
  }

  stop(): void {
    window.clearTimeout(this.#timer);
  }

  #place(): void {
    this.stop();
    const options = this.#options;
    if (options === null) return;
    const rows = this.#highlightedRows;
    const queue = rows === null ? this.#order : mostRelevantFirst(this.#order, rows);
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
    const topicPlacement = this.topics.placeLabels(placement, rows && hits && { highlighted: rows, hits });
    if (rows !== null) {
      topicPlacement.next();
      placeTo(Math.min(queue.length, titlesBeforeTopics));
    }
    runToEnd(topicPlacement);
    const first = next;
    // Unlike `runInSlices`, a short placement ends in this turn, so that the next frame has its labels.
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
      if (rows === null) this.#unfiltered = { placed, options };
      else this.#highlighted = placed;
      this.onChange();
    };
    slice();
  }

  /** For each row, the points that are at least as relevant. */
  #obstaclesByStep({ positions }: PointGrid, rows: HighlightedRows): (index: number) => PointGrid {
    const grids = new Map<number, PointGrid>();
    return (index) => {
      const step = rows.stepOf(index);
      const cached = grids.get(step);
      if (cached !== undefined) return cached;
      const has = (row: number) => rows.stepOf(row) >= step;
      const grid = new PointGrid(positions, this.#frame, { has });
      grids.set(step, grid);
      return grid;
    };
  }

  /** True while labels are still fading in. */
  draw(target: CanvasRenderingContext2D, frame: LabelFrame): boolean {
    this.#drawnMs = frame.nowMs;
    this.#fadeIn.begin(frame);
    const taken: Rect[] = frame.covered === null ? [] : [enlarged(frame.covered, 6)];
    if (frame.corner !== null) taken.push(frame.corner);
    const isTaken = (rect: Rect) => taken.some((other) => overlaps(rect, other));
    const topicLabels = this.topics.shown(frame);
    taken.push(...topicLabels.map(({ rect }) => rect));
    const priority = this.#priorityLabels.place(frame, isTaken, this.#options?.points ?? null);
    taken.push(...priority.map(({ rect }) => rect));
    // The name of a topic gives way to the titles that have priority.
    const isClear = (rect: Rect) => !priority.some((label) => overlaps(rect, label.rect));
    const areTopicsFading = this.topics.draw(
      target,
      topicLabels.filter(({ rect }) => isClear(rect)),
    );
    const done = new Set([frame.unlabelled, ...priority.map(({ index }) => index)]);
    const { scale } = frame.projection;
    for (const label of this.#highlightedRows === null ? this.#unfiltered.placed : this.#highlighted) {
      if (label.fromScale > scale) break;
      if (done.has(label.index)) continue;
      const { x, y } = screenOf(frame, label.index);
      if (!isNear(frame, x, y)) continue;
      const rect = labelRect(label.side, x, y, this.painter.textOf(label.index), gapPx);
      if (distanceFromEdge(frame.visible, rect) < 2 || isTaken(rect)) continue;
      if (frame.isMoving) taken.push(rect);
      const alpha = this.#fadeIn.alphaOf(label.index);
      this.painter.draw(target, label.index, label.side, rect, frame.tone, alpha);
    }
    for (const { index, side, rect, tone } of priority) {
      this.#fadeIn.skip(index);
      this.painter.draw(target, index, side, rect, tone, 1);
    }
    return this.#fadeIn.end() || areTopicsFading;
  }
}

/** Whether the label of a point can be in view at all. */
function isNear({ visible }: LabelFrame, x: number, y: number): boolean {
  return x > -gapPx && y > -gapPx && x < visible.widthPx + gapPx && y < visible.heightPx + gapPx;
}

function enlarged(rect: Rect, byPx: number): Rect {
  return {
    left: rect.left - byPx,
    top: rect.top - byPx,
    right: rect.right + byPx,
    bottom: rect.bottom + byPx,
  };
}
