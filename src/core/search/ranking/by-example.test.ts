import { describe, expect, it } from 'vitest';
import { exampleScores } from './by-example';
import { VectorTable } from './vector-table';

const vectorAt = (degrees: number) => {
  const angle = (degrees / 180) * Math.PI;
  return [Math.cos(angle), Math.sin(angle), 0, 0];
};

/** Papers at these angles, one per slot. */
function tableOf(...angles: number[]): VectorTable {
  const table = new VectorTable(4);
  table.set([...angles.keys()], Float32Array.from(angles.flatMap(vectorAt)));
  return table;
}

const like = (slot: number) => ({ slot, isUnlike: false });
const unlike = (slot: number) => ({ slot, isUnlike: true });

describe('exampleScores', () => {
  it('ranks papers similar to one of two examples above one similar to their mean alone', () => {
    const table = tableOf(0, 90, 45, 15, 75);
    const { votes = [] } = exampleScores([like(0), like(1)], table, 5) ?? {};
    for (const near of [3, 4]) expect(votes[near]).toBeGreaterThan(votes[2] ?? NaN);
  });

  it('ranks papers similar to an unlike example lower', () => {
    const table = tableOf(0, 90, -30, 30);
    const one = exampleScores([like(0)], table, 4)?.votes ?? [];
    const both = exampleScores([like(0), unlike(1)], table, 4)?.votes ?? [];
    expect(one[2]).toBeCloseTo(one[3] ?? NaN, 5);
    expect(both[2]).toBeGreaterThan(both[3] ?? NaN);
  });

  it('gives the cosine with the nearest liked example', () => {
    const table = tableOf(0, 90, 120, 60, 10);
    const { cosines = [] } = exampleScores([like(1), like(0), unlike(2)], table, 5) ?? {};
    expect([...cosines].slice(3).map((cosine) => cosine.toFixed(3))).toEqual(['0.866', '0.985']);
    expect([...(exampleScores([unlike(0)], table, 2)?.cosines ?? [])]).toEqual([NaN, NaN]);
  });

  it('gives no scores for the examples themselves', () => {
    const { votes, cosines } = exampleScores([like(0), unlike(1)], tableOf(0, 90, 60), 3) ?? {};
    expect([votes?.[0], votes?.[1], cosines?.[0], cosines?.[1]]).toEqual([NaN, NaN, NaN, NaN]);
    expect(votes?.[2]).not.toBeNaN();
  });

  it('ignores examples without a vector, and is null when no other papers can be compared', () => {
    const table = tableOf(0, 90, 30);
    const alone = exampleScores([like(0), unlike(1)], table, 4);
    expect(exampleScores([like(0), like(7), like(-1), unlike(1)], table, 4)).toEqual(alone);
    expect(alone?.votes[3]).toBeNaN();
    expect(exampleScores([like(7), like(-1)], table, 4)).toBeNull();
    expect(exampleScores([like(0), unlike(1)], tableOf(0, 90), 3)).toBeNull();
    expect(exampleScores([], table, 3)).toBeNull();
  });
});
