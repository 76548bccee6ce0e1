import { describe, expect, it } from 'vitest';
import { QueryVectors } from './query-vectors';

/** Embeds each text when the test lets it, as a vector that holds its length. */
function slowReader() {
  const asked: string[] = [];
  let readNext: () => void = () => undefined;
  return {
    asked,
    readNext: () => readNext(),
    embedQuery(text: string) {
      asked.push(text);
      return new Promise<Float32Array>((resolve) => {
        readNext = () => resolve(Float32Array.of(text.length));
      });
    },
  };
}

describe('vectors of queries', () => {
  it('are read one at a time, and of those that wait only the newest', async () => {
    const reader = slowReader();
    const vectors = new QueryVectors(reader);
    const answers = ['a', 'ab', 'abc'].map((text) => vectors.of(text, 'int8'));
    await expect.poll(() => reader.asked).toEqual(['abc']);
    reader.readNext();
    expect(await Promise.all(answers)).toEqual([null, null, Float32Array.of(3)]);
  });

  it('are read to the end once begun, and the newest after that', async () => {
    const reader = slowReader();
    const vectors = new QueryVectors(reader);
    const first = vectors.of('a', 'int8');
    await expect.poll(() => reader.asked).toEqual(['a']);
    const second = vectors.of('ab', 'int8');
    reader.readNext();
    expect(await first).toEqual(Float32Array.of(1));
    await expect.poll(() => reader.asked).toEqual(['a', 'ab']);
    reader.readNext();
    expect(await second).toEqual(Float32Array.of(2));
  });

  it('are cached, by precision', async () => {
    const asked: string[] = [];
    const vectors = new QueryVectors({
      embedQuery: (text) => {
        asked.push(text);
        return Promise.resolve(Float32Array.of(1));
      },
    });
    await vectors.of('a', 'int8');
    await vectors.of('a', 'int8');
    expect(asked).toEqual(['a']);
    expect(vectors.cached('a', 'int8')).not.toBeNull();
    expect(vectors.cached('a', 'fp32')).toBeNull();
  });

  it('are read once for all who ask for the same text, and for them though another came between', async () => {
    const reader = slowReader();
    const vectors = new QueryVectors(reader);
    const first = vectors.of('a', 'int8');
    await expect.poll(() => reader.asked).toEqual(['a']);
    const waiting = [vectors.of('ab', 'int8'), vectors.of('abc', 'int8'), vectors.of('ab', 'int8')];
    reader.readNext();
    await first;
    await expect.poll(() => reader.asked).toEqual(['a', 'ab']);
    reader.readNext();
    expect(await Promise.all(waiting)).toEqual([Float32Array.of(2), null, Float32Array.of(2)]);
  });

  it('are none of what the model makes no sense of', async () => {
    const vectors = new QueryVectors({ embedQuery: () => Promise.resolve(Float32Array.of(NaN)) });
    expect(await vectors.of('a', 'int8')).toBeNull();
  });

  it('can be had again after the model could not', async () => {
    let isThere = false;
    const embedQuery = () =>
      isThere ? Promise.resolve(Float32Array.of(1)) : Promise.reject(new Error('not there'));
    const vectors = new QueryVectors({ embedQuery });
    await expect(vectors.of('a', 'int8')).rejects.toThrow('not there');
    isThere = true;
    expect(await vectors.of('a', 'int8')).toEqual(Float32Array.of(1));
  });
});
