import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameOf } from '../view/frame';
import { LabelPlacement, labelRect } from './label-placement';
import { PointGrid } from '../points/point-grid';
import { overlaps, type Rect } from '../rect';
import { overlaidRect, placeTopicLabel, type OverlaidLabel } from './topic-placement';
import { topicPlaces, type TopicPlace } from './topic-places';

const gapPx = 7;
const fittedScale = 100;
const size = { widthPx: 1000, heightPx: 1000 };
const boxOf = (topic: number) => ({
  widthPx: 80 + ((topic * 53) % 120),
  heightPx: topic % 2 === 0 ? 26 : 42,
});
const titleOf = (row: number) => ({ widthPx: 60 + ((row * 37) % 110), heightPx: row % 3 === 0 ? 15 : 29 });

const layouts = fc
  .array(
    fc.tuple(
      fc.float({ min: -4, max: 4, noNaN: true }),
      fc.float({ min: -4, max: 4, noNaN: true }),
      fc.integer({ min: -1, max: 11 }),
    ),
    { minLength: 3, maxLength: 120 },
  )
  .map((papers) => ({
    positions: Float32Array.from(papers.flatMap(([x, y]) => [x, y])),
    topicOf: Int16Array.from(papers, ([, , topic]) => topic),
  }));

interface Named {
  centre: TopicPlace;
  label: OverlaidLabel;
}

function placeAll(positions: Float32Array, topicOf: Int16Array, hits: ReadonlySet<number> | null = null) {
  const frame = frameOf(positions) ?? { centreX: 0, centreY: 0, spanX: 1, spanY: 1 };
  const placement = new LabelPlacement({
    points: new PointGrid(positions, frame),
    fittedScale,
    maxZoom: 64,
    fitted: { size, x: 500, y: 500 },
    gapPx,
  });
  const hitGrid = hits && new PointGrid(positions, frame, hits);
  const named = topicPlaces(positions, topicOf).flatMap((centre): Named[] => {
    const label = placeTopicLabel(placement, centre, boxOf(centre.topic), 850 / centre.reach, hitGrid);
    return label === null ? [] : [{ centre, label }];
  });
  for (let row = 0; 2 * row < positions.length; row++) placement.place(row, titleOf(row));
  return { named, titles: placement.placed };
}

function rectOf({ centre, label }: Named, scale: number): Rect {
  return overlaidRect(
    centre.x * scale + label.shiftXPx,
    centre.y * scale + label.shiftYPx,
    boxOf(centre.topic),
  );
}

describe('placeTopicLabel', () => {
  it('lets no label overlap another or a title at any scale', () => {
    fc.assert(
      fc.property(layouts, fc.double({ min: -1, max: 6, noNaN: true }), ({ positions, topicOf }, octave) => {
        const scale = fittedScale * 2 ** octave;
        const { named, titles } = placeAll(positions, topicOf);
        const shown = named
          .filter(({ label }) => label.fromScale <= scale && scale < label.untilScale)
          .map((each) => rectOf(each, scale));
        shown.forEach((rect, i) => {
          for (const other of shown.slice(i + 1)) expect(overlaps(rect, other)).toBe(false);
          for (const { index, side, fromScale } of titles) {
            if (fromScale > scale) continue;
            const x = (positions[2 * index] ?? NaN) * scale;
            const y = (positions[2 * index + 1] ?? NaN) * scale;
            expect(overlaps(rect, labelRect(side, x, y, titleOf(index), gapPx))).toBe(false);
          }
        });
      }),
      { numRuns: 300 },
    );
  });

  it('shows the name of the largest topic from the widest view on', () => {
    fc.assert(
      fc.property(layouts, ({ positions, topicOf }) => {
        const { named } = placeAll(positions, topicOf);
        const [largest] = named;
        if (largest === undefined) return;
        expect(largest.centre).toEqual(topicPlaces(positions, topicOf)[0]);
        expect(largest.label.fromScale).toBeLessThan(fittedScale);
      }),
    );
  });

  it('keeps a label inside the map with the whole layout in view, and near its topic', () => {
    fc.assert(
      fc.property(layouts, ({ positions, topicOf }) => {
        for (const each of placeAll(positions, topicOf).named) {
          const rect = rectOf(each, fittedScale);
          expect(rect.left).toBeGreaterThanOrEqual(-500);
          expect(rect.top).toBeGreaterThanOrEqual(-500);
          expect(rect.right).toBeLessThanOrEqual(500);
          expect(rect.bottom).toBeLessThanOrEqual(500);
          const { widthPx, heightPx } = boxOf(each.centre.topic);
          expect(Math.abs(each.label.shiftXPx)).toBeLessThanOrEqual(widthPx);
          expect(Math.abs(each.label.shiftYPx)).toBeLessThanOrEqual(1.5 * heightPx);
        }
      }),
    );
  });

  it('moves aside from the only hit of a search where there is room', () => {
    // A topic of papers in a circle, with one in the middle.
    const ring = Array.from({ length: 40 }, (_, i) => (2 * Math.PI * i) / 40);
    const positions = Float32Array.from([
      0,
      0,
      ...ring.flatMap((angle) => [2 * Math.cos(angle), 2 * Math.sin(angle)]),
    ]);
    const topicOf = new Int16Array(positions.length / 2);
    const [named] = placeAll(positions, topicOf, new Set([0])).named;
    if (named === undefined) throw new Error('expected a label');
    const { left, top, right, bottom } = rectOf(named, fittedScale);
    expect(left < 0 && right > 0 && top < 0 && bottom > 0).toBe(false);
  });
});
