import { describe, expect, it } from 'vitest';
import { TopicPainter } from './draw-topic-labels';
import type { Projection } from '../view/frame';
import type { LabelFrame } from './label-frame';
import { LabelPlacement } from './label-placement';
import { HighlightedRows } from '../points/highlighted-rows';
import { runToEnd } from '../../core/async/slices';
import { PointGrid } from '../points/point-grid';
import { TopicLabels } from './topic-labels';

const size = { widthPx: 1000, heightPx: 1000 };
const wholeMap = { centreX: 0, centreY: 0, spanX: 10, spanY: 10 };
const fitted: Projection = { scale: 80, x: 500, y: 500 };

/** Topic 0 on the left, twice as large as topic 1 on the right; the last paper, between them, has no topic. */
const clusters = [
  { x: -3, n: 40 },
  { x: 3, n: 20 },
];
const positions = Float32Array.from([
  ...clusters.flatMap(({ x, n }) =>
    Array.from({ length: n }, (_, i) => [x + Math.cos(i) * (i / n), Math.sin(i) * (i / n)]).flat(),
  ),
  0,
  0,
]);
const topicOf = Int16Array.from([
  ...clusters.flatMap(({ n }, topic) => Array.from({ length: n }, () => topic)),
  -1,
]);
const topics = { names: ['graph neural networks', 'speech'], hues: [20, 200], topicOf };

function labelsOf(highlighted: HighlightedRows | null = null): TopicLabels {
  const labels = new TopicLabels(new TopicPainter());
  labels.retopic(topics);
  const points = new PointGrid(positions, wholeMap);
  const placement = new LabelPlacement({
    points,
    fittedScale: fitted.scale,
    maxZoom: 64,
    fitted: { size, x: fitted.x, y: fitted.y },
    gapPx: 7,
  });
  runToEnd(
    labels.placeLabels(
      placement,
      highlighted && { highlighted, hits: new PointGrid(positions, wholeMap, highlighted) },
    ),
  );
  return labels;
}

const shownAt = (labels: TopicLabels, projection: Projection, other: Partial<LabelFrame> = {}) =>
  labels.shown({
    positions,
    projection,
    visible: size,
    priority: [],
    unlabelled: -1,
    covered: null,
    corner: null,
    tone: 'plain',
    isMoving: false,
    nowMs: 0,
    fadeMs: 0,
    ...other,
  });

/** Zoomed in by a factor, with a point of the layout at the centre. */
function lookingAt(x: number, y: number, zoom: number): Projection {
  const scale = fitted.scale * zoom;
  return { scale, x: 500 - x * scale, y: 500 - y * scale };
}

describe('TopicLabels', () => {
  it('names every topic with room over its papers, with the whole map in view', () => {
    const shown = shownAt(labelsOf(), fitted);
    expect(shown.map(({ topic }) => topic)).toEqual([0, 1]);
    for (const { topic, rect, alpha } of shown) {
      const centre = (clusters[topic]?.x ?? NaN) * fitted.scale + fitted.x;
      expect(Math.abs((rect.left + rect.right) / 2 - centre)).toBeLessThan(80);
      expect(alpha).toBe(1);
    }
  });

  it('names the topics with hits in a search', () => {
    const hitIn = (row: number) => labelsOf(new HighlightedRows([row], Float32Array.of(0.8)));
    expect(shownAt(hitIn(3), fitted).map(({ topic }) => topic)).toEqual([0]);
    expect(shownAt(hitIn(45), fitted).map(({ topic }) => topic)).toEqual([1]);
    expect(shownAt(hitIn(60), fitted)).toEqual([]);
  });

  it('names no topic with hardly any of the hits in a search', () => {
    const of = (...rows: number[]) =>
      labelsOf(new HighlightedRows(rows, new Float32Array(rows.length).fill(0.8)));
    const second = [41, 42, 43, 44, 45, 46];
    expect(shownAt(of(3, ...second), fitted).map(({ topic }) => topic)).toEqual([1]);
    // the one with the most hits comes first, even if it is smaller
    expect(shownAt(of(3, 4, ...second), fitted).map(({ topic }) => topic)).toEqual([1, 0]);
  });

  it('moves a label beside the controls up to a limit, and hides it beyond', () => {
    const labels = labelsOf();
    const [free] = shownAt(labels, fitted);
    const { right = NaN, bottom = NaN } = free?.rect ?? {};
    const shownBeside = (left: number) =>
      shownAt(labels, fitted, { corner: { left, top: bottom - 25, right: 1000, bottom: 1000 } });
    const [aside] = shownBeside(right - 20);
    expect(aside).toMatchObject({ topic: 0, alpha: 1, rect: { right: right - 20, bottom } });
    const [above] = shownBeside(right - 27);
    expect(above).toMatchObject({ topic: 0, alpha: 1, rect: { right, bottom: bottom - 25 } });
    const covered = { left: right - 60, top: bottom - 60, right: 1000, bottom: 1000 };
    expect(shownAt(labels, fitted, { corner: covered })).toEqual([]);
  });

  it('fades a label out as its topic outgrows the map', () => {
    const labels = labelsOf();
    const alphas = Array.from({ length: 80 }, (_, i) => {
      const shown = shownAt(labels, lookingAt(-3, 0, 1 + i / 4));
      return shown.find(({ topic }) => topic === 0)?.alpha ?? 0;
    });
    expect(alphas[0]).toBe(1);
    expect(alphas.at(-1)).toBe(0);
    expect(alphas).toEqual(alphas.toSorted((a, b) => b - a));
    expect(alphas.some((alpha) => alpha > 0 && alpha < 1)).toBe(true);
  });

  it('never cuts a label at the edge, and lets none jump or blink while the map is dragged', () => {
    const labels = labelsOf();
    const visible = { widthPx: 700, heightPx: 500 };
    let before: { left: number; alpha: number } | null = null;
    let changes = 0;
    for (let x = 900; x > -400; x--) {
      const [label] = shownAt(labels, { ...fitted, x, y: 250 }, { visible }).filter(
        ({ topic }) => topic === 0,
      );
      const now = label === undefined ? null : { left: label.rect.left, alpha: label.alpha };
      if (label !== undefined) {
        expect(label.rect.left).toBeGreaterThanOrEqual(0);
        expect(label.rect.right).toBeLessThanOrEqual(visible.widthPx);
      }
      if (now !== null && before !== null) {
        expect(Math.abs(now.left - before.left)).toBeLessThanOrEqual(1 + 1e-6);
        expect(Math.abs(now.alpha - before.alpha)).toBeLessThan(0.2);
      }
      if ((now === null) !== (before === null)) changes++;
      before = now;
    }
    // It appears once and disappears once.
    expect(changes).toBe(2);
  });

  it('shows no labels while points are moving', () => {
    expect(shownAt(labelsOf(), fitted, { positions: positions.slice() })).toEqual([]);
  });

  it('forgets removed topics', () => {
    const labels = labelsOf();
    labels.retopic(null);
    expect(shownAt(labels, fitted)).toEqual([]);
  });
});
