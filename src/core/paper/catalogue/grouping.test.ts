import { describe, expect, it } from 'vitest';
import { Decisions } from './decisions';
import { record } from '../fixtures/records';
import { groupSightings } from './grouping';
import { signature } from '../identity';
import type { Decision, ParsedPaper, Sighting } from '../paper';

function sighting(fields: Partial<ParsedPaper>): Sighting {
  return { ...record(fields), digestId: 'one' };
}

/** The groups of sightings, as indices in the list. */
function groupsOf(sightings: readonly Sighting[], decisions: readonly Decision[] = []): number[][] {
  const groups = groupSightings(sightings, new Decisions(decisions));
  return groups.map((group) => group.sightings.map((each) => sightings.indexOf(each))).sort();
}

const title = 'Quokka walls in thin films';
const [zoe, wei] = [['Zoë Márquez'], ['Wei O’Brien']];

describe('groupSightings', () => {
  it('joins sightings with a common id, whatever the titles', () => {
    const ids = [
      { pmid: '7' },
      { openalex: 'W7' },
      { s2: 'corpus:7' },
      { doi: '10.9999/q' },
      { arxiv: '2606.00010' },
    ];
    for (const each of ids) {
      expect(
        groupsOf([sighting({ title: 'One', ids: each }), sighting({ title: 'Two', ids: each })]),
      ).toEqual([[0, 1]]);
    }
  });

  it('joins versions and sources through a record with the ids of both', () => {
    const preprint = sighting({ title: 'One', ids: { arxiv: '2606.00010v1' } });
    const journal = sighting({ title: 'Two', ids: { doi: '10.9999/q' } });
    const both = sighting({ title: 'Three', ids: { arxiv: '2606.00010v2', doi: '10.9999/q' } });
    expect(groupsOf([preprint, journal])).toEqual([[0], [1]]);
    expect(groupsOf([preprint, journal, both])).toEqual([[0, 1, 2]]);
    expect(groupSightings([journal, both, preprint], new Decisions([]))[0]?.id).toBe('arxiv:2606.00010');
  });

  it('keeps two arXiv ids apart, even with the same DOI', () => {
    const [a, b] = ['2606.00010', '2606.00020'].map((arxiv) =>
      sighting({ ids: { arxiv, doi: '10.9999/q' } }),
    );
    if (!a || !b) throw new Error('expected two');
    expect(groupsOf([a, b])).toEqual([[0], [1]]);
    const third = sighting({ title: 'Two', ids: { doi: '10.9999/q' } });
    expect(groupsOf([b, third, a])).toEqual([[0], [2, 1].sort()]);
  });

  it('keeps two DOIs apart unless one arXiv id has both', () => {
    const [a, b] = ['10.9999/a', '10.9999/b'].map((doi) => sighting({ title, authors: zoe, ids: { doi } }));
    if (!a || !b) throw new Error('expected two');
    expect(groupsOf([a, b])).toEqual([[0], [1]]);
    const versions = [a, b].map((each) => sighting({ ...each, ids: { ...each.ids, arxiv: '2606.00010' } }));
    expect(groupsOf(versions)).toEqual([[0, 1]]);
  });

  it('joins records with the same title and first author, at most a year apart', () => {
    const preprint = sighting({ title, authors: zoe, date: '2025-12-30', ids: { arxiv: '2512.00010' } });
    const later = (date: string) =>
      sighting({ title, authors: ['Márquez, Z.', ...wei], date, ids: { doi: '10.9999/q' } });
    expect(groupsOf([preprint, later('2026')])).toEqual([[0, 1]]);
    expect(groupsOf([preprint, later('2027-01-01')])).toEqual([[0], [1]]);
    expect(groupsOf([preprint, sighting({ title, authors: wei })])).toEqual([[0], [1]]);
    expect(groupsOf([preprint, sighting({ title: 'Other', authors: zoe })])).toEqual([[0], [1]]);
  });

  it('joins a record without authors to the only paper with its title, if the title is distinctive', () => {
    const signed = (words: string) => sighting({ title: words, authors: zoe, ids: { arxiv: '2606.00010' } });
    const unsigned = (words: string) => sighting({ title: words });
    expect(groupsOf([signed(title), unsigned(title)])).toEqual([[0, 1]]);
    expect(groupsOf([signed('Editorial'), unsigned('Editorial')])).toEqual([[0], [1]]);
    expect(groupsOf([signed('On a map'), unsigned('On a map')])).toEqual([[0], [1]]);
  });

  it('joins a record without authors to neither of two papers that it could belong to', () => {
    const unsigned = sighting({ title });
    const [a, b] = [zoe, wei].map((authors) => sighting({ title, authors }));
    const [c, d] = ['10.9999/a', '10.9999/b'].map((doi) => sighting({ title, ids: { doi } }));
    if (!a || !b || !c || !d) throw new Error('expected four');
    expect(groupsOf([a, unsigned, b])).toEqual([[0], [1], [2]]);
    expect(groupsOf([c, unsigned, d])).toEqual([[0], [1], [2]]);
    // No two of these contradict each other.
    expect(groupsOf([a, unsigned, c])).toEqual([[0, 1, 2]]);
  });

  it('lets decisions of the reader override ids', () => {
    const [a, b] = ['2606.00010', '2606.00020'].map((arxiv) => sighting({ title: arxiv, ids: { arxiv } }));
    const c = sighting({ title: 'Third', ids: { arxiv: '2606.00010' } });
    if (!a || !b) throw new Error('expected two');
    const decide = (kind: Decision['kind'], one: Sighting, other: Sighting): Decision => {
      const [first = '', second = ''] = [signature(one), signature(other)].sort();
      return { kind, a: first, b: second };
    };
    expect(groupsOf([a, b], [decide('same', a, b)])).toEqual([[0, 1]]);
    expect(groupsOf([a, c])).toEqual([[0, 1]]);
    expect(groupsOf([a, c], [decide('apart', a, c)])).toEqual([[0], [1]]);
  });

  it('gives papers marked as distinct different ids, independent of their order', () => {
    const [a, b] = ['One', 'Two'].map((each) => sighting({ title: each, ids: { arxiv: '2606.00010' } }));
    if (!a || !b) throw new Error('expected two');
    const [first = '', second = ''] = [signature(a), signature(b)].sort();
    const decisions = new Decisions([{ kind: 'apart', a: first, b: second }]);
    const ids = groupSightings([a, b], decisions).map(({ id }) => id);
    expect(ids.sort()).toEqual([
      'arxiv:2606.00010',
      expect.stringMatching(/^arxiv:2606\.00010~[0-9a-f]{8}$/),
    ]);
    expect(
      groupSightings([b, a], decisions)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(ids);
  });

  it('does not compare all pairs of the very many papers with the same title', () => {
    const many = Array.from({ length: 3000 }, (_, at) =>
      sighting({ title, authors: zoe, ids: { doi: `10.9999/${at}` } }),
    );
    expect(groupSightings(many, new Decisions([]))).toHaveLength(3000);
  });
});
