import { describe, expect, it } from 'vitest';
import { QueryVectors } from './query-vectors';

/** Embeds each text when the test lets it, as a vector that holds its length. */
function slowEngine() {
  const embedded: string[] = [];
  let embedNext: () => void = () => undefined;
  return {
    embedded,
    embedNext: () => embedNext(),
    embedQuery(text: string) {
      embedded.push(text);
      return new Promise<Float32Array>((resolve) => {
        embedNext = () => resolve(Float32Array.of(text.length));
      });
    },
  };
}

describe('vectors of queries', () => {
  it('are computed one at a time, and of those that wait only the newest', async () => {
    const engine = slowEngine();
    const vectors = new QueryVectors(engine);
    const answers = ['a', 'ab', 'abc'].map((text) => vectors.of(text, 'int8'));
    await expect.poll(() => engine.embedded).toEqual(['abc']);
    engine.embedNext();
    expect(await Promise.all(answers)).toEqual([null, null, Float32Array.of(3)]);
  });

  it('are computed to the end once begun, and the newest after that', async () => {
    const engine = slowEngine();
    const vectors = new QueryVectors(engine);
    const first = vectors.of('a', 'int8');
    await expect.poll(() => engine.embedded).toEqual(['a']);
    const second = vectors.of('ab', 'int8');
    engine.embedNext();
    expect(await first).toEqual(Float32Array.of(1));
    await expect.poll(() => engine.embedded).toEqual(['a', 'ab']);
    engine.embedNext();
    expect(await second).toEqual(Float32Array.of(2));
  });

  it('are cached, by precision', async () => {
    const embedded: string[] = [];
    const vectors = new QueryVectors({
      embedQuery: (text) => {
        embedded.push(text);
        return Promise.resolve(Float32Array.of(1));
      },
    });
    await vectors.of('a', 'int8');
    await vectors.of('a', 'int8');
    expect(embedded).toEqual(['a']);
    expect(vectors.cached('a', 'int8')).not.toBeNull();
    expect(vectors.cached('a', 'fp32')).toBeNull();
  });

  it('are computed once for all who request the same text, even when another came between', async () => {
    const engine = slowEngine();
    const vectors = new QueryVectors(engine);
    const first = vectors.of('a', 'int8');
    await expect.poll(() => engine.embedded).toEqual(['a']);
    const waiting = [vectors.of('ab', 'int8'), vectors.of('abc', 'int8'), vectors.of('ab', 'int8')];
    engine.embedNext();
    await first;
    await expect.poll(() => engine.embedded).toEqual(['a', 'ab']);
    engine.embedNext();
    expect(await Promise.all(waiting)).toEqual([Float32Array.of(2), null, Float32Array.of(2)]);
  });

  it('are null when the model gives NaN', async () => {
    const vectors = new QueryVectors({ embedQuery: () => Promise.resolve(Float32Array.of(NaN)) });
    expect(await vectors.of('a', 'int8')).toBeNull();
  });

  it('are computed after the model could not be loaded at first', async () => {
    let isThere = false;
    const embedQuery = () =>
      isThere ? Promise.resolve(Float32Array.of(1)) : Promise.reject(new Error('not there'));
    const vectors = new QueryVectors({ embedQuery });
    await expect(vectors.of('a', 'int8')).rejects.toThrow('not there');
    isThere = true;
    expect(await vectors.of('a', 'int8')).toEqual(Float32Array.of(1));
  });
});
