import { describe, expect, it } from 'vitest';
import { placeCard } from './hover-card';

const card = { widthPx: 200, heightPx: 60 };
const room = { widthPx: 1000, heightPx: 800 };
const unmoved = { scale: 1, x: 0, y: 0 };
const at = { x: 500, y: 400 };
const hides = (rect: ReturnType<typeof placeCard>, x: number, y: number) =>
  x > rect.left && x < rect.right && y > rect.top && y < rect.bottom;

describe('placeCard', () => {
  it('does not hide its own point, not even in a corner', () => {
    for (const [x, y] of [
      [500, 400],
      [2, 2],
      [998, 798],
    ] as const) {
      expect(hides(placeCard({ x, y }, card, room, Float32Array.of(x, y), unmoved, null), x, y)).toBe(false);
    }
  });

  it('hides dimmed points rather than highlighted ones', () => {
    // One to the right of the point above and below, a crowd to its left.
    const hits = [at.x + 60, at.y - 40, at.x + 60, at.y + 40, at.x + 90, at.y];
    const crowd = [-40, -50, -60, -70].flatMap((dx) => [at.x + dx, at.y - 40, at.x + dx, at.y + 40]);
    const aside = [at.x, at.y - 40, at.x, at.y + 40, at.x - 60, at.y];
    const positions = Float32Array.from([at.x, at.y, ...hits, ...crowd, ...aside]);
    const hidden = (highlighted: Map<number, number> | null) => {
      const rect = placeCard(at, card, room, positions, unmoved, highlighted);
      return [1, 2, 3].filter((row) => hides(rect, positions[2 * row] ?? NaN, positions[2 * row + 1] ?? NaN))
        .length;
    };
    expect(hidden(null)).toBeGreaterThan(0);
    expect(hidden(new Map([1, 2, 3].map((row) => [row, 0.5])))).toBe(0);
  });
});
