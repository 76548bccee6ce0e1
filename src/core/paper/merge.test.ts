import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IdentifiedPaper } from './paper';
import { identify } from './identity';
import { mergeImport } from './merge';
import type { Paper, ParsedPaper } from './paper';

type Library = ReadonlyMap<string, Paper>;

interface DigestOfPapers {
  id: string;
  papers: IdentifiedPaper[];
}

function paper(fields: Partial<ParsedPaper>): IdentifiedPaper {
  return identify({ title: 'A title', abstract: '', authors: [], ids: {}, position: 0, ...fields });
}

function add(library: Library, { id, papers }: DigestOfPapers): Library {
  const merged = mergeImport(library, papers, id).papers;
  return new Map([...library, ...merged.map((each) => [each.id, each] as const)]);
}

function only(library: Library): Paper {
  const [first, ...others] = library.values();
  if (first === undefined || others.length > 0) throw new Error(`Expected one paper, got ${library.size}.`);
  return first;
}

/** Sightings are in the order of import, which is the one thing that may differ. */
function unordered(library: Library): Map<string, unknown> {
  const byDigest = (a: { digestId: string }, b: { digestId: string }) => a.digestId.localeCompare(b.digestId);
  return new Map(
    [...library].sort().map(([id, each]) => [id, { ...each, sightings: each.sightings.toSorted(byDigest) }]),
  );
}

const arbitraryPaper = fc
  .record({
    title: fc.constantFrom('One title', 'Another title', 'Third title'),
    abstract: fc.constantFrom('', 'Short.', 'Other.', 'A longer abstract.'),
    authors: fc.subarray(['Zoë Márquez', 'Wei O’Brien', 'Z. Márquez']),
    arxiv: fc.option(fc.constantFrom('2606.00010', '2606.00010v1', '2606.00010v2', '2606.00020v1'), {
      nil: undefined,
    }),
    doi: fc.option(fc.constantFrom('10.9999/a', '10.9999/b'), { nil: undefined }),
    url: fc.option(fc.constantFrom('https://a.example/1', 'https://b.example/22'), { nil: undefined }),
    date: fc.option(fc.constantFrom('2026', '2026-05', '2026-11-23', '2025'), { nil: undefined }),
    position: fc.nat(9),
  })
  .map(({ arxiv, doi, url, date, ...rest }) =>
    identify({
      ...rest,
      ids: { ...(arxiv === undefined ? {} : { arxiv }), ...(doi === undefined ? {} : { doi }) },
      ...(url === undefined ? {} : { url }),
      ...(date === undefined ? {} : { date }),
    }),
  );

const arbitraryDigests = fc
  .array(fc.array(arbitraryPaper, { maxLength: 6 }), { minLength: 1, maxLength: 4 })
  .map((digests) => digests.map((papers, index): DigestOfPapers => ({ id: `digest-${index}`, papers })));

describe('mergeImport', () => {
  it('names what is new, updated and known', () => {
    const ids = { arxiv: '2606.00010' };
    const library = add(new Map(), {
      id: 'a',
      papers: [paper({ title: 'Kept' }), paper({ title: 'Changed', ids })],
    });
    const incoming = [
      paper({ title: 'Kept', position: 0 }),
      paper({ title: 'Changed', ids, abstract: 'Now with one.', position: 1 }),
      paper({ title: 'New', position: 2 }),
      paper({ title: 'New', position: 3 }),
    ];
    const merge = mergeImport(library, incoming, 'b');
    const [kept, changed, fresh] = incoming.map(({ id }) => id);
    expect(merge).toMatchObject({ added: [fresh], updated: [changed], known: [kept] });
    expect(merge.papers.map(({ id }) => id)).toEqual([kept, changed, fresh]);
    expect(merge.papers[2]?.sightings).toEqual([{ digestId: 'b', position: 2 }]);
    expect(merge.papers[0]?.sightings).toEqual([
      { digestId: 'a', position: 0 },
      { digestId: 'b', position: 0 },
    ]);
  });

  it('replaces the sightings of a digest that is read again', () => {
    const [stays, moves, leaves, only, comes] = ['Stays', 'Moves', 'Leaves', 'Only', 'Comes'].map((title) =>
      paper({ title }),
    );
    if (!stays || !moves || !leaves || !only || !comes) throw new Error('expected five papers');
    const inOrder = (...papers: IdentifiedPaper[]) => papers.map((each, position) => ({ ...each, position }));
    const before = [
      { id: 'other', papers: inOrder(leaves) },
      { id: 'a', papers: inOrder(stays, moves, leaves, only) },
    ].reduce(add, new Map<string, Paper>());
    const again = inOrder(stays, comes, moves, paper({ title: 'Comes' }));
    const merge = mergeImport(before, again, 'a');
    expect(merge).toMatchObject({ added: [comes.id], updated: [], known: [stays.id, moves.id] });
    expect(merge.papers.map(({ id }) => id)).toEqual([comes.id, moves.id, leaves.id]);
    const after = add(before, { id: 'a', papers: again });
    const places = (each: IdentifiedPaper) =>
      after.get(each.id)?.sightings.map(({ digestId, position }) => `${digestId} ${position}`);
    expect(places(stays)).toEqual(['a 0']);
    expect(places(comes)).toEqual(['a 1']);
    expect(places(moves)).toEqual(['a 2']);
    expect(places(leaves)).toEqual(['other 0']);
    // Its last known place: the paper itself is not lost.
    expect(places(only)).toEqual(['a 3']);
    expect(mergeImport(after, again, 'a').papers).toEqual([]);
  });

  it('stands where a digest names it now, whatever the digest was before', () => {
    fc.assert(
      fc.property(arbitraryDigests, fc.array(arbitraryPaper, { maxLength: 6 }), (digests, papers) => {
        const again = { id: 'digest-0', papers };
        const library = [...digests, again].reduce(add, new Map<string, Paper>());
        const named = new Set(papers.map(({ id }) => id));
        for (const { id, sightings } of library.values()) {
          const here = sightings.find(({ digestId }) => digestId === 'digest-0');
          const places = papers.filter((each) => each.id === id).map(({ position }) => position);
          if (named.has(id)) expect(here?.position).toBe(Math.min(...places));
          else expect(here === undefined || sightings.length === 1).toBe(true);
          expect(sightings.length).toBeGreaterThan(0);
        }
        expect(mergeImport(library, papers, 'digest-0').papers).toEqual([]);
      }),
    );
  });

  it('takes the text of the newest version, and its hash', () => {
    const v1 = paper({ ids: { arxiv: '2606.00010v1' }, abstract: 'A first text that is long.' });
    const v2 = paper({ ids: { arxiv: '2606.00010v2' }, abstract: 'Second.', title: 'New title' });
    const merged = only(add(add(new Map(), { id: 'a', papers: [v2] }), { id: 'b', papers: [v1] }));
    expect(merged).toMatchObject({ title: 'New title', abstract: 'Second.', textHash: v2.textHash });
    expect(merged.ids).toEqual({ arxiv: '2606.00010', arxivVersion: 2 });
  });

  it('never replaces an abstract by nothing', () => {
    const whole = paper({ ids: { arxiv: '2606.00010v1' }, abstract: 'The abstract.' });
    const notice = paper({ ids: { arxiv: '2606.00010v2' } });
    const merged = only(add(add(new Map(), { id: 'a', papers: [whole] }), { id: 'b', papers: [notice] }));
    expect(merged.abstract).toBe('The abstract.');
  });

  it('gives an untitled paper the title that another digest knows', () => {
    const ids = { arxiv: '2606.00010' };
    const untitled = paper({ title: '', abstract: 'The abstract.', ids });
    const titled = paper({ title: 'Its title', ids });
    const merged = only(add(add(new Map(), { id: 'a', papers: [untitled] }), { id: 'b', papers: [titled] }));
    expect(merged).toMatchObject({ title: 'Its title', abstract: 'The abstract.' });
    expect(merged.textHash).toBe(paper({ title: 'Its title', abstract: 'The abstract.' }).textHash);
  });

  it('keeps the earliest date, and of one year the precise one', () => {
    const dates = ['2026', '2026-11-23', '2026-12'];
    const papers = dates.map((date) => paper({ date }));
    expect(only(add(new Map(), { id: 'a', papers })).date).toBe('2026-11-23');
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(arbitraryDigests, (digests) => {
        const library = digests.reduce(add, new Map<string, Paper>());
        for (const digest of digests) {
          const merge = mergeImport(library, digest.papers, digest.id);
          expect(merge).toMatchObject({ papers: [], added: [], updated: [] });
        }
      }),
    );
  });

  it('does not depend on the order of digests', () => {
    fc.assert(
      fc.property(arbitraryDigests, (digests) => {
        const forwards = digests.reduce(add, new Map<string, Paper>());
        const backwards = digests.toReversed().reduce(add, new Map<string, Paper>());
        expect(unordered(backwards)).toEqual(unordered(forwards));
      }),
    );
  });

  it('leaves what it was given as it was', () => {
    const before = paper({ abstract: 'Known.', authors: ['A'] });
    const library = add(new Map(), { id: 'a', papers: [before] });
    const copy = structuredClone(library);
    mergeImport(library, [paper({ abstract: 'A longer abstract.', authors: ['A'] })], 'b');
    expect(library).toEqual(copy);
  });
});
