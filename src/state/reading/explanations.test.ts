import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../core/errors';
import { dimensions } from '../../engine/vector-dimensions';
import { createMemoryStore } from '../../storage/memory-store';
import { paper } from '../fixtures/chart-run';
import { createLocalEngine, vectorKeyFor } from '../fixtures/local-engine';
import { Reasons } from './explanations';

const tides = 'We look at the sea. Tides follow the moon, as $\\alpha$ says. Nothing else is new.';
const moons = 'Some facts are old. A moon pulls tides along. We thank our boats.';

function setUp(store = createMemoryStore()) {
  const engine = createLocalEngine();
  const atlas = { precision: 'int8' as const, vectorKey: vectorKeyFor('int8') };
  return { engine, store, reasons: new Reasons({ engine, store: Promise.resolve(store), atlas }) };
}

const marked = ({ sentence, ranges }: { sentence: string; ranges: { start: number; end: number }[] }) =>
  ranges.map(({ start, end }) => sentence.slice(start, end));

describe('why two papers are near', () => {
  it('is told by a sentence of each, with the words that tie them', async () => {
    const { reasons } = setUp();
    const tie = await reasons.tie(paper(0, tides), paper(1, moons));
    expect(tie.left.sentence).toBe('Tides follow the moon, as $\\alpha$ says.');
    expect(tie.right.sentence).toBe('A moon pulls tides along.');
    expect(marked(tie.left)).toContain('Tides');
    expect(marked(tie.right)).toEqual(expect.arrayContaining(['moon', 'tides']));
    expect(tie.part).toBeGreaterThan(0);
    expect(tie.part).toBeLessThanOrEqual(tie.cosine + 1e-9);
  });

  it('is told by the title where there is no abstract', async () => {
    const { reasons } = setUp();
    const tie = await reasons.tie(paper(0, ''), paper(5, moons));
    expect(tie.left.sentence).toBe('Paper 0 on tides');
    expect(marked(tie.left)).toContain('tides');
  });

  it('marks the whole formula that a word was read from', async () => {
    const { reasons } = setUp();
    const tie = await reasons.tie(paper(0, 'The $\\alpha$ decays.'), paper(1, 'An $\\alpha$ decays.'));
    expect(marked(tie.left)).toContain('$\\alpha$');
  });

  it('is remembered, and the vectors of sentences are kept under a key of their own', async () => {
    const { reasons, engine, store } = setUp();
    const [left, right] = [paper(0, tides), paper(1, moons)];
    const tie = await reasons.tie(left, right);
    expect(await reasons.tie(left, right)).toBe(tie);
    expect(engine.calls.filter((call) => call === 'tokenVectors')).toHaveLength(2);
    expect(await store.loadVectors(vectorKeyFor('int8'), dimensions, [left.textHash])).toEqual(new Map());

    const later = setUp(store);
    const embed = vi.spyOn(later.engine, 'embedTexts');
    expect(await later.reasons.tie(left, right)).toEqual(tie);
    expect(embed.mock.calls.flatMap(([texts]) => texts)).toEqual([]);
  });

  it('reads the open paper once for all that it is compared with', async () => {
    const { reasons, engine } = setUp();
    const open = paper(0, tides);
    for (const at of [1, 2, 3]) await reasons.tie(open, paper(at, `${moons} ${at}`));
    expect(engine.calls.filter((call) => call === 'tokenVectors')).toHaveLength(4);
  });

  it('can be asked for again when it could not be found', async () => {
    const { reasons, engine } = setUp();
    vi.spyOn(engine, 'tokenVectors').mockRejectedValueOnce(new AppError('asset-missing', 'It is not there.'));
    const [left, right] = [paper(0, tides), paper(1, moons)];
    await expect(reasons.tie(left, right)).rejects.toMatchObject({ code: 'asset-missing' });
    await expect(reasons.tie(left, right)).resolves.toMatchObject({ left: {}, right: {} });
  });

  it('is told even where nothing can be kept', async () => {
    const full = {
      ...createMemoryStore(),
      appendVectors: () => Promise.reject(new AppError('storage-full', 'Full.')),
    };
    const { reasons } = setUp(full);
    await expect(reasons.tie(paper(0, tides), paper(1, moons))).resolves.toMatchObject({ left: {} });
  });
});
