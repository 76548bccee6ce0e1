import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameOf } from '../view/frame';
import { LabelPlacement, labelRect, type PlacedLabel } from './label-placement';
import { PointGrid } from '../points/point-grid';
import { overlaps } from '../rect';
import { spreadOrder } from '../points/spread-order';

const gapPx = 7;
const fittedScale = 100;
const sizeOf = (i: number) => ({ widthPx: 60 + ((i * 37) % 110), heightPx: i % 3 === 0 ? 15 : 29 });

const layouts = fc
  .array(fc.float({ min: -4, max: 4, noNaN: true }), { minLength: 4, maxLength: 160 })
  .map((values) => Float32Array.from(values.slice(0, values.length - (values.length % 2))));

function placeAll(positions: Float32Array): PlacedLabel[] {
  const frame = frameOf(positions) ?? { centreX: 0, centreY: 0, spanX: 1, spanY: 1 };
  const placement = new LabelPlacement({
    points: new PointGrid(positions, frame),
    fittedScale,
    maxZoom: 64,
    fitted: { size: { widthPx: 1000, heightPx: 1000 }, x: 500, y: 500 },
    gapPx,
  });
  for (const index of spreadOrder(positions, frame)) placement.place(index, sizeOf(index));
  return placement.placed;
}

function rectAt(positions: Float32Array, label: PlacedLabel, scale: number) {
  const x = (positions[2 * label.index] ?? NaN) * scale;
  const y = (positions[2 * label.index + 1] ?? NaN) * scale;
  return labelRect(label.side, x, y, sizeOf(label.index), gapPx);
}

describe('LabelPlacement', () => {
  it('lets no two labels overlap at any scale between and beyond its levels', () => {
    fc.assert(
      fc.property(layouts, fc.double({ min: 0.5, max: 64, noNaN: true }), (positions, zoom) => {
        const scale = fittedScale * zoom;
        const shown = placeAll(positions).filter((label) => label.fromScale <= scale);
        shown.forEach((a, i) => {
          for (const b of shown.slice(i + 1))
            expect(overlaps(rectAt(positions, a, scale), rectAt(positions, b, scale))).toBe(false);
        });
      }),
    );
  });

  it('hides no point of another paper at the scale where a label appears', () => {
    fc.assert(
      fc.property(layouts, (positions) => {
        for (const label of placeAll(positions)) {
          const rect = rectAt(positions, label, label.fromScale);
          for (let i = 0; i < positions.length; i += 2) {
            const x = (positions[i] ?? NaN) * label.fromScale;
            const y = (positions[i + 1] ?? NaN) * label.fromScale;
            const isHidden = x > rect.left && x < rect.right && y > rect.top && y < rect.bottom;
            expect(isHidden).toBe(false);
          }
        }
      }),
    );
  });

  it('labels a single paper, and keeps its label inside the map with the whole layout in view', () => {
    const positions = Float32Array.of(4.6, 0);
    const [label] = placeAll(positions);
    expect(label?.fromScale).toBeLessThanOrEqual(fittedScale);
    expect(label?.side).toBe('left');
  });

  it('labels one of two papers with the same position', () => {
    expect(placeAll(Float32Array.of(1, 1, 1, 1)).filter(({ side }) => side === 'right')).toHaveLength(1);
  });

  it('gives the same labels for the same layout', () => {
    fc.assert(
      fc.property(layouts, (positions) => {
        expect(placeAll(positions)).toEqual(placeAll(positions));
      }),
    );
  });
});

describe('spreadOrder', () => {
  it('contains every placed paper once', () => {
    fc.assert(
      fc.property(layouts, (positions) => {
        const holed = positions.slice();
        holed[0] = NaN;
        const frame = frameOf(holed);
        if (frame === null) return;
        const order = spreadOrder(holed, frame);
        const placed = Array.from({ length: holed.length / 2 }, (_, i) => i).filter((i) => i > 0);
        expect(order.toSorted((a, b) => a - b)).toEqual(placed);
      }),
    );
  });

  it('takes one paper from each of four far corners before a second from any', () => {
    const corners = [0, 0, 10, 0, 0, 10, 10, 10];
    const positions = Float32Array.from([...corners, ...corners.map((value) => value + 0.01)]);
    const frame = frameOf(positions);
    if (frame === null) throw new Error('the corners span a frame');
    expect(
      new Set(
        spreadOrder(positions, frame)
          .slice(0, 4)
          .map((i) => i % 4),
      ).size,
    ).toBe(4);
  });

  it('counts only the given obstacles, and places a label no later than among all points', () => {
    fc.assert(
      fc.property(layouts, (positions) => {
        const frame = frameOf(positions) ?? { centreX: 0, centreY: 0, spanX: 1, spanY: 1 };
        const options = {
          points: new PointGrid(positions, frame),
          fittedScale,
          maxZoom: 64,
          fitted: { size: { widthPx: 1000, heightPx: 1000 }, x: 500, y: 500 },
          gapPx,
        };
        const placedAmong = (obstacles: PointGrid) => {
          const placement = new LabelPlacement(options);
          placement.place(0, sizeOf(0), obstacles);
          return placement.placed[0];
        };
        const amongAll = placedAmong(options.points)?.fromScale ?? Infinity;
        const odd = { has: (row: number) => row % 2 === 1 };
        const label = placedAmong(new PointGrid(positions, frame, odd));
        expect(label?.fromScale ?? Infinity).toBeLessThanOrEqual(amongAll);
        if (label === undefined) return;
        const rect = rectAt(positions, label, label.fromScale);
        for (let row = 1; 2 * row < positions.length; row += 2) {
          const x = (positions[2 * row] ?? NaN) * label.fromScale;
          const y = (positions[2 * row + 1] ?? NaN) * label.fromScale;
          expect(x > rect.left && x < rect.right && y > rect.top && y < rect.bottom).toBe(false);
        }
      }),
    );
  });
});
