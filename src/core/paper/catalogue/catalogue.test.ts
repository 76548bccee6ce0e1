import { describe, expect, it } from 'vitest';
import { Catalogue } from './catalogue';
import { joinDecisions, splitDecisions } from './decisions';
import { applied, inOrder, record } from '../fixtures/records';
import { recordsPerSlice, runToEnd } from '../../async/slices';
import type { IdentifiedPaper, Paper } from '../paper';

const ids = { arxiv: '2606.00010' };

function catalogueOf(digests: Record<string, IdentifiedPaper[]>): Catalogue {
  const catalogue = new Catalogue([], []);
  for (const [id, records] of Object.entries(digests)) applied(catalogue, catalogue.importing(id, records));
  return catalogue;
}

function only(catalogue: Catalogue): Paper {
  const [first, ...others] = catalogue.papers.values();
  if (first === undefined || others.length > 0)
    throw new Error(`Expected one paper, got ${catalogue.papers.size}.`);
  return first;
}

function placesOf(catalogue: Catalogue, { id }: IdentifiedPaper): string[] | undefined {
  return catalogue.papers.get(id)?.sightings.map(({ digestId, position }) => `${digestId} ${position}`);
}

describe('completing a digest', () => {
  const records = inOrder(
    record({ title: 'One' }),
    record({ title: 'Two' }),
    record({ title: 'Two' }),
    record({ title: 'Three' }),
  );

  it('changes nothing when nothing is missing, even where a record is twice in the file', () => {
    const catalogue = catalogueOf({ a: records, b: records.slice(0, 2) });
    for (const id of ['a', 'b']) {
      const change = runToEnd(catalogue.completing(id, id === 'a' ? records : records.slice(0, 2)));
      expect(change).toMatchObject({ put: [], removed: [], added: [], updated: [], known: [] });
    }
  });

  it('adds the records that are missing, and leaves those that are there as they are', () => {
    const whole = catalogueOf({ a: records, b: records.slice(0, 1) });
    const [, two, , three] = records;
    const rest = [...whole.papers.values()].filter(({ id }) => id !== two?.id && id !== three?.id);
    const catalogue = new Catalogue(rest, []);
    const change = applied(catalogue, catalogue.completing('a', records));
    expect(change).toMatchObject({ added: [two?.id, three?.id], updated: [], known: [], removed: [] });
    expect([...catalogue.papers.keys()].sort()).toEqual([...whole.papers.keys()].sort());
    expect(two && placesOf(catalogue, two)).toEqual(['a 1']);
  });

  it('adds nothing when the file was read in another way', () => {
    const catalogue = catalogueOf({ a: records });
    const misread = inOrder(...['a', 'b', 'c', 'd', 'e', 'f'].map((title) => record({ title })));
    expect(runToEnd(catalogue.completing('a', misread))).toMatchObject({ put: [], added: [] });
  });
});

describe('importing', () => {
  it('reports which papers are new, updated and known', () => {
    const catalogue = catalogueOf({
      a: [record({ title: 'Known', signals: { upvotes: 1 } }), record({ title: 'Changed', ids })],
    });
    const incoming = inOrder(
      record({ title: 'Known', signals: { upvotes: 2 } }),
      record({ title: 'Changed', ids, abstract: 'Now with one.' }),
      record({ title: 'New' }),
      record({ title: 'New' }),
    );
    const change = applied(catalogue, catalogue.importing('b', incoming));
    const [same, changed, fresh] = incoming;
    if (!same || !changed || !fresh) throw new Error('expected papers');
    expect(change).toMatchObject({ added: [fresh.id], updated: [changed.id], known: [same.id], removed: [] });
    expect(change.put).toHaveLength(3);
    expect(placesOf(catalogue, fresh)).toEqual(['b 2']);
    expect(placesOf(catalogue, same)).toEqual(['a 0', 'b 0']);
    expect(catalogue.papers.get(same.id)?.signals).toEqual({ upvotes: 2 });
  });

  it('joins two records of one paper in one file, and reports it once with the content of both', () => {
    const twice = inOrder(
      record({ ids, abstract: 'Short.' }),
      record({ ids, abstract: 'A longer abstract.', authors: ['Zoë Márquez'] }),
      record({ ids, abstract: 'Short.' }),
    );
    const catalogue = new Catalogue([], []);
    expect(applied(catalogue, catalogue.importing('a', twice))).toMatchObject({
      added: ['arxiv:2606.00010'],
      updated: [],
      known: [],
    });
    expect(only(catalogue)).toMatchObject({ abstract: 'A longer abstract.', authors: ['Zoë Márquez'] });
    expect(only(catalogue).sightings.map(({ position }) => position)).toEqual([0, 1]);
  });

  it('reports which records are of a paper that an earlier one is of', () => {
    const incoming = inOrder(
      record({ title: 'One', ids }),
      record({ title: 'Two' }),
      record({ title: 'Two' }),
      record({ title: 'One, by another name', ids }),
      record({ title: 'Three' }),
    );
    const change = runToEnd(new Catalogue([], []).importing('a', incoming));
    expect(change.added).toHaveLength(3);
    expect(change.repeated).toEqual([2, 3]);
  });

  it('changes nothing when the same file is imported again, under whatever name', () => {
    const records = inOrder(record({ ids }), record({ title: 'Other', authors: ['Zoë Márquez'] }));
    const catalogue = catalogueOf({ a: records });
    const again = inOrder(record({ ids }), record({ title: 'Other', authors: ['Zoë Márquez'] }));
    expect(runToEnd(catalogue.importing('a', again))).toMatchObject({
      put: [],
      removed: [],
      added: [],
      updated: [],
      known: records.map(({ id }) => id),
    });
  });

  it('keeps the id, and so the notes, when a newer digest has a newer version', () => {
    const catalogue = catalogueOf({
      monday: [record({ ids: { arxiv: '2606.00010v1' }, abstract: 'First text.' })],
    });
    const { id } = only(catalogue);
    const newer = record({ title: 'Renamed', ids: { arxiv: '2606.00010v2' }, abstract: 'Second.' });
    const change = applied(catalogue, catalogue.importing('tuesday', [newer]));
    expect(change).toMatchObject({ updated: [id], removed: [] });
    expect(only(catalogue)).toMatchObject({ id, title: 'Renamed', abstract: 'Second.' });
    const older = applied(
      catalogue,
      catalogue.importing('late', [record({ ids: { arxiv: '2606.00010v1' }, abstract: 'First text.' })]),
    );
    expect(older.known).toEqual([id]);
    expect(only(catalogue)).toMatchObject({ abstract: 'Second.', ids: { arxivVersion: 2 } });
  });

  it('replaces the records of a digest that is read again, without losing a paper', () => {
    const [stays, moves, leaves, alone, comes] = ['Stays', 'Moves', 'Leaves', 'Alone', 'Comes'].map((title) =>
      record({ title }),
    );
    if (!stays || !moves || !leaves || !alone || !comes) throw new Error('expected five papers');
    const catalogue = catalogueOf({ other: inOrder(leaves), a: inOrder(stays, moves, leaves, alone) });
    const again = inOrder(stays, comes, moves, record({ title: 'Comes' }));
    const change = applied(catalogue, catalogue.importing('a', again));
    expect(change).toMatchObject({
      added: [comes.id],
      updated: [],
      known: [stays.id, moves.id],
      removed: [],
    });
    expect(placesOf(catalogue, stays)).toEqual(['a 0']);
    expect(placesOf(catalogue, comes)).toEqual(['a 1']);
    expect(placesOf(catalogue, moves)).toEqual(['a 2']);
    expect(placesOf(catalogue, leaves)).toEqual(['other 0']);
    expect(placesOf(catalogue, alone)).toEqual(['a 3']);

    expect(applied(catalogue, catalogue.replacing('a', again)).removed).toEqual([alone.id]);
    expect(placesOf(catalogue, alone)).toBeUndefined();
  });

  it('recognises a record that has gained an id since its file was last read', () => {
    const [before, after] = [{}, { doi: '10.9999/q' }].map((each) =>
      record({ title: 'Maps', authors: ['Zoë Márquez'], ids: each }),
    );
    if (!before || !after) throw new Error('expected two');
    const catalogue = catalogueOf({ a: [before] });
    expect(applied(catalogue, catalogue.importing('a', [after]))).toMatchObject({
      added: [],
      updated: ['doi:10.9999/q'],
      removed: [before.id],
    });
    expect(only(catalogue).sightings).toHaveLength(1);
  });

  it('reports a paper as new that shares a name with another but is a different one', () => {
    const volume = (arxiv: string) => record({ title: arxiv, ids: { arxiv, doi: '10.9999/volume' } });
    const catalogue = catalogueOf({ a: [volume('2606.00010')] });
    expect(applied(catalogue, catalogue.importing('b', [volume('2606.00020')]))).toMatchObject({
      added: ['arxiv:2606.00020'],
      updated: [],
      known: [],
    });
  });

  it('joins papers that turn out to be one, and finds the result by all their names', () => {
    const preprint = record({ title: 'Preprint', ids });
    const journal = record({ title: 'Journal', ids: { doi: '10.9999/q' } });
    const catalogue = catalogueOf({ a: [preprint], b: [journal] });
    const both = record({ title: 'Both', ids: { ...ids, doi: '10.9999/q', pmid: '7' } });
    const change = applied(catalogue, catalogue.importing('c', [both]));
    expect(change).toMatchObject({ updated: ['arxiv:2606.00010'], removed: ['doi:10.9999/q'] });
    const fromStore = new Catalogue(catalogue.papers.values(), []);
    for (const each of [catalogue, fromStore]) {
      for (const name of ['arxiv:2606.00010', 'doi:10.9999/q', 'pmid:7', 'arxiv:2606.00010~0123abcd']) {
        expect(each.find(name)).toBe(only(catalogue));
      }
      expect(each.find('doi:10.9999/other')).toBeUndefined();
    }
  });
});

describe('removing a digest', () => {
  it('keeps the papers that other digests contain, without its content', () => {
    const shared = { title: 'Shared', ids };
    const catalogue = catalogueOf({
      a: inOrder(record({ ...shared, abstract: 'Of a.' }), record({ title: 'Alone' })),
      b: [record({ ...shared, abstract: 'Of b, longer.' })],
    });
    const before = new Map(catalogue.papers);
    const alone = record({ title: 'Alone' }).id;
    const { sightings, ...change } = applied(catalogue, catalogue.removing('b'));
    expect(
      only(
        new Catalogue(
          [...catalogue.papers.values()].filter(({ id }) => id !== alone),
          [],
        ),
      ).abstract,
    ).toBe('Of a.');
    expect(change).toMatchObject({ removed: [], added: [], updated: [], known: [] });
    applied(catalogue, catalogue.restoring(sightings));
    expect(catalogue.papers).toEqual(before);
    expect(applied(catalogue, catalogue.removing('a')).removed).toEqual([alone]);
  });
});

describe('deciding', () => {
  const catalogue = catalogueOf({
    a: inOrder(
      record({ title: 'One', ids, abstract: 'The same.' }),
      record({ title: 'Two', ids, abstract: 'The same, longer.' }),
      record({ title: 'Three' }),
    ),
  });

  it('splits a paper and keeps the parts separate', () => {
    const paper = catalogue.find('arxiv:2606.00010');
    const [first] = paper?.sightings ?? [];
    if (!paper || !first) throw new Error('expected a paper');
    const change = catalogue.deciding(splitDecisions(paper, first));
    catalogue.apply(change);
    expect(change.decisions).toHaveLength(1);
    expect(catalogue.decisions).toEqual(change.decisions);
    expect([...catalogue.papers.values()].map(({ title }) => title).sort()).toEqual(['One', 'Three', 'Two']);
    expect(catalogue.deciding(splitDecisions(paper, first))).toMatchObject({ put: [], decisions: [] });
  });

  it('joins papers that were split, and any others', () => {
    for (const [one, other] of [
      ['One', 'Two'],
      ['Two', 'Three'],
    ]) {
      const papers = [one, other].map((title) =>
        [...catalogue.papers.values()].find(({ sightings }) =>
          sightings.some((each) => each.title === title),
        ),
      );
      const [a, b] = papers;
      if (!a || !b) throw new Error('expected two papers');
      catalogue.apply(catalogue.deciding(joinDecisions(a, b)));
    }
    expect(only(catalogue)).toMatchObject({ id: 'arxiv:2606.00010', title: 'Two' });
    expect(only(catalogue).sightings).toHaveLength(3);
  });

  it('has nothing to split when all sightings have the same name and title', () => {
    const same = catalogueOf({ a: [record({ ids })], b: [record({ ids, abstract: 'Known.' })] });
    const [sighting] = only(same).sightings;
    expect(sighting && splitDecisions(only(same), sighting)).toEqual([]);
  });
});

function counted<Result>(work: Generator<void, Result>): { slices: number; value: Result } {
  for (let slices = 0; ; slices++) {
    const step = work.next();
    if (step.done === true) return { slices, value: step.value };
  }
}

describe('computing a change', () => {
  const records = Array.from({ length: 2000 }, (_, position) =>
    record({ title: `Paper ${position}`, position }),
  );

  it('yields at least once per slice in each of its phases', () => {
    const catalogue = new Catalogue([], []);
    let reads = 0;
    let most = 0;
    const counted = records.map((each) => {
      const { title, ...rest } = each;
      return {
        ...rest,
        get title() {
          reads += 1;
          return title;
        },
      };
    });
    const work = catalogue.importing('a', counted);
    let slices = 0;
    for (;;) {
      reads = 0;
      const step = work.next();
      most = Math.max(most, reads);
      if (step.done) {
        catalogue.apply(step.value);
        break;
      }
      slices += 1;
    }
    // Titles are read when records are read, collected, linked and composed.
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(2 * recordsPerSlice);
    expect(slices).toBeGreaterThanOrEqual((4 * records.length) / recordsPerSlice - 4);
    expect(catalogue.papers.size).toBe(records.length);
  });

  it('counts each record in each of its passes, so that no slice holds a whole pass', () => {
    const slicesOf = (passes: number) => Math.floor((passes * records.length) / recordsPerSlice);
    const catalogue = new Catalogue([], []);
    const first = catalogue.importing('a', records);
    // They are read, looked up, linked, collected, composed and listed.
    const { slices, value } = counted(first);
    expect(slices).toBeGreaterThanOrEqual(slicesOf(6));
    catalogue.apply(value);

    // Read again under other names: the records before are found, sorted, linked and dropped as well.
    const others = records.map((each) => record({ title: `${each.title}, again`, position: each.position }));
    const again = counted(catalogue.replacing('a', others));
    expect(again.slices).toBeGreaterThanOrEqual(slicesOf(12));
    catalogue.apply(again.value);
    expect(again.value.removed).toHaveLength(records.length);
    expect(again.value.added).toHaveLength(records.length);
  });

  it('builds the index in slices when it is first needed', () => {
    const stored = [...catalogueOf({ a: records }).papers.values()];
    const catalogue = new Catalogue(stored, []);
    const slices = () => [...catalogue.importing('b', [])].length;
    const first = slices();
    expect(first).toBeGreaterThanOrEqual((2 * records.length) / recordsPerSlice - 2);
    expect(slices()).toBeLessThan(first);
  });
});
