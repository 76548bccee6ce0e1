import { describe, expect, it, vi } from 'vitest';
import { composePaper } from '../../core/paper/catalogue/compose';
import type { Paper } from '../../core/paper/paper';
import { paper, sighting } from '../../storage/fixtures/records';
import { createMemoryStore } from '../../storage/memory-store';
import type { Store } from '../../storage/store';
import { Annotations } from './annotations.svelte';
import { Notices } from '../page/notices.svelte';

const [quokkas, wombats] = [paper('quokkas'), paper('wombats')];

interface Tab {
  annotations: Annotations;
  notices: Notices;
  onChange: ReturnType<typeof vi.fn>;
}

/** Tabs on one store notify each other through `listeners`. */
function tab(store: Store, listeners: Set<() => void> = new Set()): Tab {
  const [notices, onChange] = [new Notices(), vi.fn()];
  let own: () => void = () => undefined;
  const annotations = new Annotations({
    store,
    notices,
    onChange,
    otherTabs: {
      notify: () => [...listeners].filter((other) => other !== own).forEach((other) => other()),
      listen: (onChange) => listeners.add((own = onChange)),
    },
    now: () => 7,
  });
  return { annotations, notices, onChange };
}

async function opened(
  store: Store = createMemoryStore(),
  papers: readonly Paper[] = [quokkas, wombats],
  listeners?: Set<() => void>,
): Promise<Tab> {
  const made = tab(store, listeners);
  await made.annotations.load();
  made.annotations.follow(papers);
  return made;
}

const undo = ({ notices }: Tab) => notices.list.find(({ action }) => action?.label === 'Undo')?.action?.run();

describe('what the reader writes', () => {
  it('is shown at once, and is there at the next visit', async () => {
    const store = createMemoryStore();
    const { annotations } = await opened(store);
    annotations.star([quokkas], { isStarred: true });
    annotations.tag([quokkas], ['marsupial']);
    annotations.writeNote(quokkas, '', 'It hops.');
    const expected = { isStarred: true, tags: ['marsupial'], note: 'It hops.', title: quokkas.title };
    expect(annotations.of(quokkas)).toMatchObject(expected);
    expect(annotations.isPending).toBe(true);
    await annotations.saved();
    expect(annotations.isPending).toBe(false);
    expect((await opened(store)).annotations.of(quokkas)).toMatchObject(expected);
  });

  it('is written as pending edits when the page is left and may have no time to save it', async () => {
    const store = createMemoryStore();
    const silent: Store = {
      ...store,
      annotations: { ...store.annotations, apply: () => new Promise(() => undefined) },
    };
    const { annotations } = await opened(silent);
    annotations.star([quokkas], { isStarred: true });
    annotations.leave();
    annotations.writeNote(quokkas, '', 'It hops.');
    const expected = { isStarred: true, note: 'It hops.' };
    expect((await opened(store)).annotations.of(quokkas)).toMatchObject(expected);
  });

  it('is written as pending only when the page is left, and not once it is saved', async () => {
    const store = createMemoryStore();
    const savePending = vi.spyOn(store.annotations, 'savePending');
    const { annotations } = await opened(store);
    annotations.star([quokkas], { isStarred: true });
    await annotations.saved();
    annotations.leave();
    expect(savePending).not.toHaveBeenCalled();
    annotations.writeNote(quokkas, '', 'It hops.');
    expect(savePending.mock.lastCall?.[1]).toHaveLength(1);
    await annotations.saved();
    expect(savePending.mock.lastCall?.[1]).toEqual([]);
    annotations.stay();
    annotations.writeNote(quokkas, 'It hops.', 'It hops away.');
    await annotations.saved();
    expect(savePending).toHaveBeenCalledTimes(2);
  });

  it('before the database is open is saved once it is', async () => {
    const store = createMemoryStore();
    const early = tab(store);
    early.annotations.follow([quokkas]);
    early.annotations.mark([quokkas], { isRead: true });
    expect(early.annotations.of(quokkas)).toMatchObject({ isRead: true });
    await early.annotations.load();
    await early.annotations.saved();
    expect((await store.annotations.load()).annotations).toHaveLength(1);
  });

  it('is not written again where nothing changes', async () => {
    const { annotations, onChange } = await opened();
    annotations.mark([quokkas], { isRead: true });
    await annotations.saved();
    onChange.mockClear();
    annotations.mark([quokkas], { isRead: true });
    annotations.star([quokkas], { isStarred: false });
    expect(onChange).not.toHaveBeenCalled();
  });

  it('stays on the page when it cannot be saved, and is saved by a second attempt', async () => {
    const store = createMemoryStore();
    const apply = vi.spyOn(store.annotations, 'apply').mockRejectedValue(new Error('The disk is full'));
    const { annotations, notices } = await opened(store);
    annotations.writeNote(quokkas, '', 'It hops.');
    await annotations.saved();
    expect(annotations.of(quokkas)).toMatchObject({ note: 'It hops.' });
    expect(notices.list).toMatchObject([{ kind: 'failure', action: { label: 'Try again' } }]);
    apply.mockRestore();
    notices.list[0]?.action?.run();
    await annotations.saved();
    expect(notices.list).toEqual([]);
    expect((await store.annotations.load()).annotations).toMatchObject([{ note: 'It hops.' }]);
  });
});

describe('undo', () => {
  it('is offered for what touches several papers, and leaves those that were so before', async () => {
    const desk = await opened();
    const { annotations } = desk;
    const dunes = paper('dunes');
    annotations.follow([quokkas, wombats, dunes]);
    annotations.star([wombats], { isStarred: true });
    expect(desk.notices.list).toEqual([]);
    annotations.star([quokkas, wombats, dunes], { isStarred: true });
    expect(desk.notices.list).toMatchObject([{ text: '2 papers were starred.' }]);
    undo(desk);
    expect([quokkas, wombats, dunes].map((each) => annotations.of(each)?.isStarred)).toEqual([
      undefined,
      true,
      undefined,
    ]);
    expect(desk.notices.list).toEqual([]);
  });

  it('gives back a tag and a note', async () => {
    const desk = await opened();
    const { annotations } = desk;
    annotations.tag([quokkas], ['a', 'b']);
    annotations.untag(quokkas, 'a');
    expect(annotations.of(quokkas)?.tags).toEqual(['b']);
    undo(desk);
    annotations.writeNote(quokkas, '', 'It hops.');
    annotations.writeNote(quokkas, 'It hops.', '');
    undo(desk);
    await annotations.saved();
    expect(annotations.of(quokkas)).toMatchObject({ tags: ['a', 'b'], note: 'It hops.' });
  });
});

describe('a paper', () => {
  it('that is removed and comes back has what was written about it', async () => {
    const { annotations } = await opened();
    annotations.star([quokkas], { isStarred: true });
    annotations.follow([wombats]);
    expect(annotations.byPaper.size).toBe(0);
    expect(annotations.all).toHaveLength(1);
    annotations.follow([quokkas, wombats]);
    expect(annotations.of(quokkas)).toMatchObject({ isStarred: true });
  });

  it('that was joined has what was written about both, and each its own when split again', async () => {
    const store = createMemoryStore();
    const { annotations } = await opened(store);
    annotations.tag([quokkas], ['hops']);
    annotations.tag([wombats], ['digs']);
    const joined = composePaper(wombats.id, [...wombats.sightings, ...quokkas.sightings]);
    annotations.follow([joined]);
    expect(annotations.of(joined)?.tags).toEqual(['digs', 'hops']);
    annotations.mark([joined], { isRead: true });
    annotations.follow([quokkas, wombats]);
    await annotations.saved();
    expect([quokkas, wombats].map((each) => annotations.of(each)?.tags)).toEqual([['hops'], ['digs']]);
  });

  it('is found by a name that it got since, when the one it was written under is gone', async () => {
    const store = createMemoryStore();
    const { annotations } = await opened(store, [quokkas]);
    annotations.star([quokkas], { isStarred: true });
    const better = sighting('quokkas', 'tuesday', { id: 'arxiv:1' });
    annotations.follow([composePaper('arxiv:1', [...quokkas.sightings, better])]);
    await annotations.saved();
    const left = composePaper('arxiv:1', [better]);
    expect((await opened(store, [left])).annotations.of(left)).toMatchObject({ isStarred: true });
  });
});

describe('two tabs', () => {
  it('follow each other, and merge what both wrote into a note', async () => {
    const [store, listeners] = [createMemoryStore(), new Set<() => void>()];
    const one = await opened(store, [quokkas], listeners);
    const other = await opened(store, [quokkas], listeners);
    one.annotations.writeNote(quokkas, '', 'Of the one.');
    other.annotations.writeNote(quokkas, '', 'Of the other.');
    other.annotations.star([quokkas], { isStarred: true });
    const both = { isStarred: true, note: 'Of the one.\n\nOf the other.' };
    await vi.waitFor(() => expect(one.annotations.of(quokkas)).toMatchObject(both));
    await vi.waitFor(() => expect(other.annotations.of(quokkas)).toMatchObject(both));
  });
});
