import { describe, expect, it } from 'vitest';
import { TopicPainter } from './draw-topic-labels';
import type { Projection } from '../view/frame';
import type { LabelFrame } from './label-frame';
import { LabelPlacement } from './label-placement';
import { LitRows } from '../points/highlighted-rows';
import { finish } from '../../core/topic/fixtures/finish';
import { PointGrid } from '../points/point-grid';
import { TopicLabels } from './topic-labels';

const size = { widthPx: 1000, heightPx: 1000 };
const wholeMap = { centreX: 0, centreY: 0, spanX: 10, spanY: 10 };
const fitted: Projection = { scale: 80, x: 500, y: 500 };

/** Topic 0 on the left, twice as large as topic 1 on the right; the last paper, between them, is in none. */
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

function labelsOf(lit: LitRows | null = null): TopicLabels {
  const labels = new TopicLabels(new TopicPainter());
  labels.retopic(topics);
  const points = new PointGrid(positions, wholeMap);
  const placement = new LabelPlacement({
    points,
    fittedScale: fitted.scale,
    deepest: 64,
    fitted: { size, x: fitted.x, y: fitted.y },
    gapPx: 7,
  });
  finish(labels.placing(placement, lit && { lit, hits: new PointGrid(positions, wholeMap, lit) }));
  return labels;
}

const shownAt = (labels: TopicLabels, projection: Projection, other: Partial<LabelFrame> = {}) =>
  labels.shown({
    positions,
    projection,
    seen: size,
    foremost: [],
    silent: -1,
    covered: null,
    corner: null,
    tone: 'plain',
    isMoving: false,
    nowMs: 0,
    fadeMs: 0,
    ...other,
  });

/** So many times further in than the whole, with a spot of the layout in the middle. */
function lookingAt(x: number, y: number, zoom: number): Projection {
  const scale = fitted.scale * zoom;
  return { scale, x: 500 - x * scale, y: 500 - y * scale };
}

describe('TopicLabels', () => {
  it('names every topic that has room, over its papers, with the whole map in view', () => {
    const shown = shownAt(labelsOf(), fitted);
    expect(shown.map(({ topic }) => topic)).toEqual([0, 1]);
    for (const { topic, rect, alpha } of shown) {
      const spot = (clusters[topic]?.x ?? NaN) * fitted.scale + fitted.x;
      expect(Math.abs((rect.left + rect.right) / 2 - spot)).toBeLessThan(80);
      expect(alpha).toBe(1);
    }
  });

  it('names in a search the topics that have a hit', () => {
    const hitIn = (row: number) => labelsOf(new LitRows([row], Float32Array.of(0.8)));
    expect(shownAt(hitIn(3), fitted).map(({ topic }) => topic)).toEqual([0]);
    expect(shownAt(hitIn(45), fitted).map(({ topic }) => topic)).toEqual([1]);
    expect(shownAt(hitIn(60), fitted)).toEqual([]);
  });

  it('names in a search no topic that has hardly any of the hits', () => {
    const of = (...rows: number[]) => labelsOf(new LitRows(rows, new Float32Array(rows.length).fill(0.8)));
    const second = [41, 42, 43, 44, 45, 46];
    expect(shownAt(of(3, ...second), fitted).map(({ topic }) => topic)).toEqual([1]);
    // the one with the most hits comes first, were it the smaller
    expect(shownAt(of(3, 4, ...second), fitted).map(({ topic }) => topic)).toEqual([1, 0]);
  });

  it('has no label under the controls, but beside them as far as it may move', () => {
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

  it('lets a label go, ever fainter, as its topic outgrows the map', () => {
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

  it('never cuts a label by the edge of what is seen, nor has one jump or blink as the map is dragged', () => {
    const labels = labelsOf();
    const seen = { widthPx: 700, heightPx: 500 };
    let before: { left: number; alpha: number } | null = null;
    let turns = 0;
    for (let x = 900; x > -400; x--) {
      const [label] = shownAt(labels, { ...fitted, x, y: 250 }, { seen }).filter(({ topic }) => topic === 0);
      const now = label === undefined ? null : { left: label.rect.left, alpha: label.alpha };
      if (label !== undefined) {
        expect(label.rect.left).toBeGreaterThanOrEqual(0);
        expect(label.rect.right).toBeLessThanOrEqual(seen.widthPx);
      }
      if (now !== null && before !== null) {
        expect(Math.abs(now.left - before.left)).toBeLessThanOrEqual(1 + 1e-6);
        expect(Math.abs(now.alpha - before.alpha)).toBeLessThan(0.2);
      }
      if ((now === null) !== (before === null)) turns++;
      before = now;
    }
    // It comes once and goes once.
    expect(turns).toBe(2);
  });

  it('says nothing of where topics are while papers are elsewhere', () => {
    expect(shownAt(labelsOf(), fitted, { positions: positions.slice() })).toEqual([]);
  });

  it('forgets the topics that are gone', () => {
    const labels = labelsOf();
    labels.retopic(null);
    expect(shownAt(labels, fitted)).toEqual([]);
  });
});
