import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../core/errors';
import { themes } from '../../core/topic/fixtures/planted';
import { createMemoryStore } from '../../storage/memory-store';
import type { StoreFacets } from '../../storage/store';
import { createLocalEngine, type LocalEngine } from '../fixtures/local-engine';
import { finishedMapOf, plantedLibrary } from '../fixtures/planted-library';
import { Jobs } from '../page/jobs.svelte';
import { Notices } from '../page/notices.svelte';
import { Topics } from './topics.svelte';

/** With this many papers there are as many topics as themes. */
const count = 88;
const library = plantedLibrary(count + 24);

async function topicsWith({
  engine = createLocalEngine(),
  store = createMemoryStore(),
}: {
  engine?: Pick<LocalEngine, 'group' | 'calls'>;
  store?: Pick<StoreFacets, 'indexes'>;
} = {}) {
  const [jobs, notices, onLate] = [new Jobs(), new Notices(), vi.fn()];
  const topics = new Topics({ engine, store, jobs, notices, onLate });
  await topics.load();
  return {
    topics,
    engine,
    store,
    jobs,
    notices,
    onLate,
    follow: (papers: number) => topics.follow(finishedMapOf(library.slice(0, papers))),
  };
}

/** An engine whose answers wait until the test gives them or lets them fail; it ignores its signal. */
function heldEngine() {
  const local = createLocalEngine();
  const answers: { give: () => void; fail: (error: Error) => void }[] = [];
  const group: LocalEngine['group'] = (graph, positions, papers, before) =>
    new Promise((resolve, reject) => {
      const give = () => resolve(local.group(graph, positions, papers, before));
      answers.push({ give, fail: reject });
    });
  return { engine: { calls: local.calls, group }, answers };
}

const nameOfPaper = (topics: Topics, at: number) => {
  const paper = library[at];
  return paper && topics.of(paper)?.name;
};
const idsOf = ({ all }: Topics) => all.map(({ id }) => id).sort((a, b) => a - b);

describe('topics of a library', () => {
  it('are grouped once, and then there is nothing to do', async () => {
    const { topics, engine, jobs, notices, follow } = await topicsWith();
    expect(topics.all).toEqual([]);
    expect(await follow(count)).toBe(true);
    expect(topics.all.length).toBeGreaterThan(4);
    const { all } = topics;
    expect(await follow(count)).toBe(false);
    expect(topics.all).toBe(all);
    expect(engine.calls).toEqual(['group']);
    expect(jobs.list).toEqual([]);
    expect(notices.list).toEqual([]);
  });

  it('match the themes of the papers', async () => {
    const { topics, follow } = await topicsWith();
    await follow(count);
    const right = library.slice(0, count).filter((paper, at) => {
      const topic = topics.of(paper);
      expect(topic).toBe(topics.all[topics.index(paper)] ?? null);
      return topic?.name.toLowerCase().startsWith(themes[at % themes.length] ?? '?');
    });
    expect(right.length).toBeGreaterThan(0.8 * count);
    const stranger = plantedLibrary(count + 40)[count + 30];
    expect(stranger && topics.index(stranger)).toBe(-1);
    expect(stranger && topics.of(stranger)).toBeNull();
  });

  it('take in a few more papers without a new grouping', async () => {
    const { topics, engine, follow } = await topicsWith();
    await follow(count);
    const { all } = topics;
    const before = library.slice(0, count).map((paper) => topics.index(paper));
    expect(await follow(count + 8)).toBe(true);
    expect(engine.calls).toEqual(['group']);
    expect(topics.all).toBe(all);
    expect(library.slice(0, count).map((paper) => topics.index(paper))).toEqual(before);
    const joined = Array.from({ length: 8 }, (_, at) => nameOfPaper(topics, count + at)?.toLowerCase() ?? '');
    expect(joined.filter((name, at) => name.startsWith(themes[at] ?? '?')).length).toBeGreaterThan(5);
    expect(await follow(count + 8)).toBe(false);
  });

  it('are grouped again once a fifth has come, also little by little, and stay what they were', async () => {
    const { topics, engine, follow } = await topicsWith();
    await follow(count);
    const [ids, names] = [idsOf(topics), topics.all.map(({ name }) => name)];
    for (const papers of [count + 8, count + 16]) await follow(papers);
    expect(engine.calls).toEqual(['group']);
    expect(await follow(count + 24)).toBe(true);
    expect(engine.calls).toEqual(['group', 'group']);
    expect(idsOf(topics)).toEqual(expect.arrayContaining(ids));
    expect(topics.all.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
    // from here a fifth is counted again
    await follow(count + 23);
    expect(engine.calls).toHaveLength(2);
  });

  it('stay when some papers go, and are grouped again when many do', async () => {
    const { topics, engine, follow } = await topicsWith();
    await follow(count);
    const { all } = topics;
    expect(await follow(count - 8)).toBe(false);
    expect(topics.all).toBe(all);
    expect(await follow(count - 30)).toBe(true);
    expect(engine.calls).toEqual(['group', 'group']);
  });

  it('are grouped again when papers go and others come in their place, little by little', async () => {
    const { topics, engine } = await topicsWith();
    for (const from of [0, 8]) await topics.follow(finishedMapOf(library.slice(from, from + count)));
    expect(engine.calls).toEqual(['group']);
    await topics.follow(finishedMapOf(library.slice(16, 16 + count)));
    expect(engine.calls).toEqual(['group', 'group']);
  });

  it('are found as soon as there are enough papers for topics', async () => {
    const { topics, follow } = await topicsWith();
    await follow(19);
    expect(topics.all).toEqual([]);
    await follow(22);
    const fresh = await topicsWith();
    await fresh.follow(22);
    expect(fresh.topics.all.length).toBeGreaterThan(0);
    expect(topics.all.length).toBe(fresh.topics.all.length);
  });
});

describe('saved topics', () => {
  it('are there before anything is computed, and need no engine', async () => {
    const { topics, store, follow } = await topicsWith();
    await follow(count);
    const again = await topicsWith({ store });
    expect(again.topics.all).toEqual(topics.all);
    expect(library.map((paper) => again.topics.index(paper))).toEqual(
      library.map((paper) => topics.index(paper)),
    );
    expect(await again.follow(count)).toBe(false);
    expect(again.engine.calls).toEqual([]);
  });

  it('are saved with the papers that joined them', async () => {
    const { topics, store, follow } = await topicsWith();
    await follow(count);
    await follow(count + 8);
    const again = await topicsWith({ store });
    expect(library.map((paper) => again.topics.index(paper))).toEqual(
      library.map((paper) => topics.index(paper)),
    );
    expect(await again.follow(count + 8)).toBe(false);
    // these were grouped with the 88, and not with the 8
    await again.follow(count + 24);
    expect(again.engine.calls).toEqual(['group']);
  });

  it('do not take the place of newer ones', async () => {
    const { store, follow } = await topicsWith();
    await follow(40);
    const late = new Topics({
      engine: createLocalEngine(),
      store,
      jobs: new Jobs(),
      notices: new Notices(),
      onLate: vi.fn(),
    });
    await late.follow(finishedMapOf(library.slice(0, count)));
    const { all } = late;
    await late.load();
    expect(late.all).toBe(all);
  });

  it('are shown even when there is no room to save them', async () => {
    const store = createMemoryStore();
    store.indexes.saveTopics = () => Promise.reject(new AppError('storage-full', 'There is no room.'));
    const { topics, notices, follow } = await topicsWith({ store });
    expect(await follow(count)).toBe(true);
    expect(await follow(count + 8)).toBe(true);
    expect(topics.all.length).toBeGreaterThan(4);
    expect(notices.list).toEqual([]);
  });
});

describe('a grouping that fails', () => {
  it('is reported, and can be tried again with the latest map', async () => {
    const { engine, answers } = heldEngine();
    const { topics, jobs, notices, onLate, follow } = await topicsWith({ engine });
    const following = follow(count);
    answers[0]?.fail(new AppError('worker-lost', 'The worker was lost.'));
    expect(await following).toBe(false);
    expect(jobs.list).toEqual([]);
    expect(notices.list).toMatchObject([
      { kind: 'failure', text: expect.stringContaining('The worker was lost.') as string },
    ]);
    const action = notices.list[0]?.action;
    expect(action?.label).toBe('Try again');
    action?.run();
    expect(answers).toHaveLength(2);
    answers[1]?.give();
    await expect.poll(() => topics.all.length).toBeGreaterThan(4);
    await expect.poll(() => onLate.mock.calls).toHaveLength(1);
  });

  it('is no longer reported once topics are found', async () => {
    const { engine, answers } = heldEngine();
    const { notices, follow } = await topicsWith({ engine });
    const failing = follow(count);
    answers[0]?.fail(new Error('out of memory'));
    await failing;
    expect(notices.list).toHaveLength(1);
    const following = follow(count);
    answers[1]?.give();
    expect(await following).toBe(true);
    expect(notices.list).toEqual([]);
  });

  it('leaves the topics as they were', async () => {
    const { store, follow } = await topicsWith();
    await follow(count);
    const { engine, answers } = heldEngine();
    const again = await topicsWith({ engine, store });
    const { all } = again.topics;
    const following = again.follow(count + 24);
    answers[0]?.fail(new Error('out of memory'));
    await following;
    expect(again.topics.all).toBe(all);
  });
});

describe('a grouping that is stopped', () => {
  it.each(['give', 'fail'] as const)(
    'by the reader shows no notice, even if the engine would %s',
    async (how) => {
      const { engine, answers } = heldEngine();
      const { topics, store, jobs, notices, follow } = await topicsWith({ engine });
      const following = follow(count);
      expect(jobs.list).toHaveLength(1);
      jobs.list[0]?.cancel?.();
      answers[0]?.[how](new Error('stopped'));
      expect(await following).toBe(false);
      expect(topics.all).toEqual([]);
      expect(await store.indexes.loadTopics()).toBeNull();
      expect(jobs.list).toEqual([]);
      expect(notices.list).toEqual([]);
      // and it is done at the next call
      const next = follow(count);
      answers[1]?.give();
      expect(await next).toBe(true);
    },
  );

  it.each(['give', 'fail'] as const)(
    'by a later map shows no notice, even if the engine would %s',
    async (how) => {
      const { engine, answers } = heldEngine();
      const { topics, jobs, notices, follow } = await topicsWith({ engine });
      const first = follow(count);
      const second = follow(count + 8);
      answers[1]?.give();
      expect(await second).toBe(true);
      const { all } = topics;
      answers[0]?.[how](new Error('stopped'));
      expect(await first).toBe(false);
      expect(topics.all).toBe(all);
      expect(nameOfPaper(topics, count)).toBeDefined();
      expect(jobs.list).toEqual([]);
      expect(notices.list).toEqual([]);
    },
  );

  it('stops the engine', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const local = createLocalEngine();
    const engine: Pick<LocalEngine, 'group' | 'calls'> = {
      calls: local.calls,
      group: (graph, positions, papers, before, options) => {
        signals.push(options?.signal);
        return local.group(graph, positions, papers, before, options);
      },
    };
    const { follow } = await topicsWith({ engine });
    const results = await Promise.all([follow(count), follow(count + 8)]);
    expect(results).toEqual([false, true]);
    expect(signals.map((signal) => signal?.aborted)).toEqual([true, false]);
  });
});
