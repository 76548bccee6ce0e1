import type { Positions } from './layout';

/** Provides free spots at the edge of a map, in a fixed order. */
export interface Rim {
  take(): { x: number; y: number };
}

const goldenAngle = Math.PI * (3 - Math.sqrt(5));
const spotsPerRing = 48;
/** Share of the points inside the first ring: a few outliers do not push it out. */
const insideShare = 0.98;

/** `unit` is the usual distance scale of the map: spots are at least that far from every point and from each other. */
export function createRim(positions: Positions, unit: number): Rim {
  const xs: number[] = [];
  const ys: number[] = [];
  for (let at = 0; at + 1 < positions.length; at += 2) {
    const x = positions[at] ?? NaN;
    const y = positions[at + 1] ?? NaN;
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    xs.push(x);
    ys.push(y);
  }
  if (xs.length === 0) {
    xs.push(0);
    ys.push(0);
  }
  const centreX = mean(xs);
  const centreY = mean(ys);
  const radii = xs.map((x, at) => Math.hypot(x - centreX, (ys[at] ?? 0) - centreY)).sort((a, b) => a - b);
  const radius = (radii[Math.floor(insideShare * (radii.length - 1))] ?? 0) + unit;

  let spot = 0;
  return {
    take() {
      for (;;) {
        const distance = radius + unit * Math.floor(spot / spotsPerRing);
        const x = centreX + distance * Math.cos(spot * goldenAngle);
        const y = centreY + distance * Math.sin(spot * goldenAngle);
        spot += 1;
        const isFree = xs.every((other, at) => Math.hypot(x - other, y - (ys[at] ?? 0)) >= unit);
        if (!isFree) continue;
        xs.push(x);
        ys.push(y);
        return { x, y };
      }
    },
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
