import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Stages, type Stage } from './stages';

const order: Stage[] = ['shell', 'list', 'map-provisional', 'map'];
let root: { dataset: Record<string, string> };

function marks(): string[] {
  return performance
    .getEntriesByType('mark')
    .map(({ name }) => name)
    .filter((name) => name.startsWith('atlas:'));
}

function reset(): void {
  performance.clearMarks();
  root = { dataset: {} };
  vi.stubGlobal('document', { documentElement: root });
}

beforeEach(reset);
afterEach(() => vi.unstubAllGlobals());

describe('stages', () => {
  it('are marked as they are reached, and the root element holds the last', () => {
    const stages = new Stages();
    for (const stage of order) {
      stages.reach(stage);
      expect(root.dataset['stage']).toBe(stage);
    }
    expect(marks()).toEqual(order.map((stage) => `atlas:${stage}`));
  });

  it('leave the provisional one out when a cached map is shown', () => {
    const stages = new Stages();
    for (const stage of ['shell', 'list', 'map', 'map-provisional'] as const) stages.reach(stage);
    expect(marks()).toEqual(['atlas:shell', 'atlas:list', 'atlas:map']);
    expect(root.dataset['stage']).toBe('map');
  });

  it('let a map that is drawn before the list wait for it', () => {
    const stages = new Stages();
    stages.reach('shell');
    stages.reach('map');
    expect(root.dataset['stage']).toBe('shell');
    stages.reach('list');
    expect(root.dataset['stage']).toBe('map');
  });

  it('are each marked once and in their order, whatever the order in which they are reached', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...order)), (reached) => {
        reset();
        const stages = new Stages();
        for (const stage of reached) stages.reach(stage);
        const ranks = marks().map((mark) => order.findIndex((stage) => mark === `atlas:${stage}`));
        expect(ranks).toEqual([...new Set(ranks)].sort((a, b) => a - b));
        expect(root.dataset['stage']).toBe(order[ranks.at(-1) ?? -1]);
        const needed = (['shell', 'list'] as const).filter((stage) => reached.includes(stage));
        if (needed.length === 2)
          expect(marks()).toEqual(expect.arrayContaining(['atlas:shell', 'atlas:list']));
      }),
    );
  });

  it('have nothing to do with being ready offline, which is marked once', () => {
    const stages = new Stages();
    stages.readyOffline();
    stages.readyOffline();
    expect(marks()).toEqual(['atlas:offline-ready']);
    expect(root.dataset['stage']).toBeUndefined();
  });
});
