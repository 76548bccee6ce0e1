import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../core/errors';
import { dimensions } from '../../engine/model-constants';
import { createMemoryStore } from '../../storage/memory-store';
import { paper } from '../fixtures/map-run';
import { createLocalEngine, vectorKeyFor } from '../fixtures/local-engine';
import { Explanations } from './explanations';

const tides = 'We look at the sea. Tides follow the moon, as $\\alpha$ says. Nothing else is new.';
const moons = 'Some facts are old. A moon pulls tides along. We thank our boats.';

function setUp(store = createMemoryStore()) {
  const engine = createLocalEngine();
  const atlas = { precision: 'int8' as const, vectorKey: vectorKeyFor('int8') };
  return { engine, store, explanations: new Explanations({ engine, store, atlas }) };
}

const marked = ({ sentence, ranges }: { sentence: string; ranges: { start: number; end: number }[] }) =>
  ranges.map(({ start, end }) => sentence.slice(start, end));

describe('why two papers are near', () => {
  it('is explained by a sentence of each, with the words that contribute most', async () => {
    const { explanations } = setUp();
    const explanation = await explanations.explain(paper(0, tides), paper(1, moons));
    expect(explanation.left.sentence).toBe('Tides follow the moon, as $\\alpha$ says.');
    expect(explanation.right.sentence).toBe('A moon pulls tides along.');
    expect(marked(explanation.left)).toContain('Tides');
    expect(marked(explanation.right)).toEqual(expect.arrayContaining(['moon', 'tides']));
    expect(explanation.part).toBeGreaterThan(0);
    expect(explanation.part).toBeLessThanOrEqual(explanation.cosine + 1e-9);
  });

  it('is explained by the title where there is no abstract', async () => {
    const { explanations } = setUp();
    const explanation = await explanations.explain(paper(0, ''), paper(5, moons));
    expect(explanation.left.sentence).toBe('Paper 0 on tides');
    expect(marked(explanation.left)).toContain('tides');
  });

  it('marks the whole formula that a word was read from', async () => {
    const { explanations } = setUp();
    const explanation = await explanations.explain(
      paper(0, 'The $\\alpha$ decays.'),
      paper(1, 'An $\\alpha$ decays.'),
    );
    expect(marked(explanation.left)).toContain('$\\alpha$');
  });

  it('is cached, and the vectors of sentences are saved under a key of their own', async () => {
    const { explanations, engine, store } = setUp();
    const [left, right] = [paper(0, tides), paper(1, moons)];
    const explanation = await explanations.explain(left, right);
    expect(await explanations.explain(left, right)).toBe(explanation);
    expect(engine.calls.filter((call) => call === 'tokenVectors')).toHaveLength(2);
    expect(await store.vectors.load(vectorKeyFor('int8'), dimensions, [left.textHash])).toEqual(new Map());

    const later = setUp(store);
    const embed = vi.spyOn(later.engine, 'embedTexts');
    expect(await later.explanations.explain(left, right)).toEqual(explanation);
    expect(embed.mock.calls.flatMap(([texts]) => texts)).toEqual([]);
  });

  it('embeds the open paper once for all that it is compared with', async () => {
    const { explanations, engine } = setUp();
    const open = paper(0, tides);
    for (const at of [1, 2, 3]) await explanations.explain(open, paper(at, `${moons} ${at}`));
    expect(engine.calls.filter((call) => call === 'tokenVectors')).toHaveLength(4);
  });

  it('can be requested again after a failure', async () => {
    const { explanations, engine } = setUp();
    vi.spyOn(engine, 'tokenVectors').mockRejectedValueOnce(new AppError('asset-missing', 'It is not there.'));
    const [left, right] = [paper(0, tides), paper(1, moons)];
    await expect(explanations.explain(left, right)).rejects.toMatchObject({ code: 'asset-missing' });
    await expect(explanations.explain(left, right)).resolves.toMatchObject({ left: {}, right: {} });
  });

  it('is explained even where nothing can be saved', async () => {
    const full = createMemoryStore();
    full.vectors.append = () => Promise.reject(new AppError('storage-full', 'Full.'));
    const { explanations } = setUp(full);
    await expect(explanations.explain(paper(0, tides), paper(1, moons))).resolves.toMatchObject({ left: {} });
  });
});
