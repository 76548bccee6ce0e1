import { describe, expect, it } from 'vitest';
import { exampleScores } from './by-example';
import { VectorTable } from './vector-table';

const turned = (degrees: number) => {
  const angle = (degrees / 180) * Math.PI;
  return [Math.cos(angle), Math.sin(angle), 0, 0];
};

/** Papers at these angles, one a slot. */
function tableOf(...angles: number[]): VectorTable {
  const table = new VectorTable(4);
  table.set([...angles.keys()], Float32Array.from(angles.flatMap(turned)));
  return table;
}

const like = (slot: number) => ({ slot, isUnlike: false });
const unlike = (slot: number) => ({ slot, isUnlike: true });

describe('exampleScores', () => {
  it('puts what is near to one of two above what is near to their mean alone', () => {
    const table = tableOf(0, 90, 45, 15, 75);
    const { votes = [] } = exampleScores([like(0), like(1)], table, 5) ?? {};
    for (const near of [3, 4]) expect(votes[near]).toBeGreaterThan(votes[2] ?? NaN);
  });

  it('puts down what is near to an unlike one', () => {
    const table = tableOf(0, 90, -30, 30);
    const one = exampleScores([like(0)], table, 4)?.votes ?? [];
    const both = exampleScores([like(0), unlike(1)], table, 4)?.votes ?? [];
    expect(one[2]).toBeCloseTo(one[3] ?? NaN, 5);
    expect(both[2]).toBeGreaterThan(both[3] ?? NaN);
    expect(both[1]).toBeLessThan(one[1] ?? NaN);
  });

  it('tells the cosine with the nearest liked one', () => {
    const table = tableOf(0, 90, 60);
    const { cosines = [] } = exampleScores([like(1), like(0), unlike(2)], table, 3) ?? {};
    expect([...cosines].map((cosine) => cosine.toFixed(3))).toEqual(['1.000', '1.000', '0.866']);
    expect([...(exampleScores([unlike(0)], table, 3)?.cosines ?? [])]).toEqual([NaN, NaN, NaN]);
  });

  it('leaves out examples without a vector, and is null without any other', () => {
    const table = tableOf(0, 90);
    const alone = exampleScores([like(0), unlike(1)], table, 3);
    expect(exampleScores([like(0), like(7), like(-1), unlike(1)], table, 3)).toEqual(alone);
    expect(alone?.votes[2]).toBeNaN();
    expect(exampleScores([like(7), like(-1)], table, 3)).toBeNull();
    expect(exampleScores([], table, 3)).toBeNull();
  });
});
