import { describe, expect, it } from 'vitest';
import { sentenceTie } from './sentence-pairs';

const unit = (...values: number[]) => values.map((value) => value / Math.hypot(...values));
const textOf = (whole: number[], ...sentences: number[][]) => ({
  whole: Float32Array.from(whole),
  sentences: Float32Array.from(sentences.flat()),
});

describe('the sentences that tie two texts', () => {
  it('are near to each other', () => {
    const left = textOf(unit(1, 1, 0), [1, 0, 0], [0, 1, 0]);
    const right = textOf(unit(1, 0, 1), [0, 0, 1], [1, 0, 0]);
    expect(sentenceTie(left, right)).toEqual({ left: 0, right: 1, similarity: 1 });
  });

  it('are rather about the other text than alike and beside the point of both', () => {
    const [topic, stock] = [unit(1, 0.1, 0), [0, 0, 1]];
    const left = textOf([1, 0, 0], stock, topic);
    const right = textOf([1, 0, 0], unit(1, 0, 0.1), stock);
    expect(sentenceTie(left, right)).toMatchObject({ left: 1, right: 0 });
  });

  it('are never one without a vector, and none when there is no other', () => {
    const broken = [NaN, NaN, NaN];
    const left = textOf([1, 0, 0], broken, [0, 1, 0]);
    expect(sentenceTie(left, textOf([1, 0, 0], [1, 0, 0]))).toMatchObject({ left: 1, right: 0 });
    expect(sentenceTie(textOf([1, 0, 0], broken), left)).toBeNull();
    expect(sentenceTie(textOf([1, 0, 0]), left)).toBeNull();
  });
});
