import { describe, expect, it } from 'vitest';
import { nearestSentencePair } from './sentence-pairs';

const unit = (...values: number[]) => values.map((value) => value / Math.hypot(...values));
const textOf = (whole: number[], ...sentences: number[][]) => ({
  whole: Float32Array.from(whole),
  sentences: Float32Array.from(sentences.flat()),
});

describe('nearestSentencePair', () => {
  it('finds two sentences that are similar to each other', () => {
    const left = textOf(unit(1, 1, 0), [1, 0, 0], [0, 1, 0]);
    const right = textOf(unit(1, 0, 1), [0, 0, 1], [1, 0, 0]);
    expect(nearestSentencePair(left, right)).toEqual({ left: 0, right: 1, similarity: 1 });
  });

  it('prefers sentences on the subject of both texts to identical ones off the subject', () => {
    const [onTopic, boilerplate] = [unit(1, 0.1, 0), [0, 0, 1]];
    const left = textOf([1, 0, 0], boilerplate, onTopic);
    const right = textOf([1, 0, 0], unit(1, 0, 0.1), boilerplate);
    expect(nearestSentencePair(left, right)).toMatchObject({ left: 1, right: 0 });
  });

  it('skips sentences without a vector, and is null when one text has no others', () => {
    const broken = [NaN, NaN, NaN];
    const left = textOf([1, 0, 0], broken, [0, 1, 0]);
    expect(nearestSentencePair(left, textOf([1, 0, 0], [1, 0, 0]))).toMatchObject({ left: 1, right: 0 });
    expect(nearestSentencePair(textOf([1, 0, 0], broken), left)).toBeNull();
    expect(nearestSentencePair(textOf([1, 0, 0]), left)).toBeNull();
  });
});
