import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runToEnd } from '../../async/slices';
import { Catalogue } from './catalogue';
import { composePaper } from './compose';
import { joinDecisions, splitDecisions } from './decisions';
import { arbitraryRecord } from '../fixtures/arbitrary-records';
import { applied, inOrder, unordered, type DigestOfRecords } from '../fixtures/records';
import { signature, textHash } from '../identity';
import type { Decision, Sighting } from '../paper';

const arbitraryRecords = fc.array(arbitraryRecord, { maxLength: 6 }).map((records) => inOrder(...records));

const arbitraryDigests = fc
  .array(arbitraryRecords, { minLength: 1, maxLength: 4 })
  .map((digests) => digests.map((records, at): DigestOfRecords => ({ id: `digest-${at}`, records })));

/** Pairs of sightings that the reader decides on, as indices in the list of all. */
const arbitraryPicks = fc.array(
  fc.record({ one: fc.nat(99), other: fc.nat(99), kind: fc.constantFrom('same' as const, 'apart' as const) }),
  { maxLength: 4 },
);
type Pick = typeof arbitraryPicks extends fc.Arbitrary<(infer Each)[]> ? Each : never;

function sightingsOf(digests: readonly DigestOfRecords[]): Sighting[] {
  return digests.flatMap(({ id, records }) => records.map((each) => ({ ...each, digestId: id })));
}

/** One per pair, so that their order does not matter. */
function decisionsOf(picks: readonly Pick[], digests: readonly DigestOfRecords[]): Decision[] {
  const all = [...new Set(sightingsOf(digests).map(signature))].sort();
  const byPair = new Map<string, Decision>();
  for (const { one, other, kind } of picks) {
    const [a, b] = [all[one % all.length] ?? '', all[other % all.length] ?? ''].sort();
    if (a !== undefined && b !== undefined && a !== b) byPair.set(`${a}\n${b}`, { kind, a, b });
  }
  return [...byPair.values()];
}

function read(digests: readonly DigestOfRecords[], decisions: readonly Decision[] = []): Catalogue {
  const catalogue = new Catalogue([], decisions);
  for (const { id, records } of digests) applied(catalogue, catalogue.importing(id, records));
  return catalogue;
}

/** Expects two catalogues to hold the same papers. */
function expectSame(a: Catalogue, b: Catalogue): void {
  expect(unordered(a.papers.values())).toEqual(unordered(b.papers.values()));
}

const cases = fc.tuple(arbitraryDigests, arbitraryPicks).map(([digests, picks]) => ({
  digests,
  decisions: decisionsOf(picks, digests),
}));

describe('a catalogue', () => {
  it('does not depend on the order of digests, nor on when decisions are made', () => {
    fc.assert(
      fc.property(cases, ({ digests, decisions }) => {
        const forwards = read(digests, decisions);
        const backwards = read(digests.toReversed());
        for (const decision of decisions.toReversed()) backwards.apply(backwards.deciding([decision]));
        expectSame(backwards, forwards);
      }),
    );
  });

  it('built by imports equals one built from all its sightings at once, in any order', () => {
    fc.assert(
      fc.property(cases, fc.infiniteStream(fc.nat()), ({ digests, decisions }, order) => {
        const imported = read(digests, decisions);
        const held = [...imported.papers.values()].flatMap(({ sightings }) => sightings);
        const shuffled = held
          .map((sighting) => ({ sighting, at: order.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ sighting }) => sighting);
        const built = new Catalogue([], decisions);
        applied(built, built.restoring(shuffled));
        expectSame(built, imported);
      }),
    );
  });

  it('is unchanged by a digest that it already contains', () => {
    fc.assert(
      fc.property(cases, ({ digests, decisions }) => {
        const catalogue = read(digests, decisions);
        for (const { id, records } of digests) {
          for (const work of [catalogue.importing(id, records), catalogue.replacing(id, records)]) {
            expect(runToEnd(work)).toMatchObject({ put: [], removed: [], added: [], updated: [] });
          }
        }
      }),
    );
  });

  it('is unchanged when a digest is removed and restored', () => {
    fc.assert(
      fc.property(cases, ({ digests, decisions }) => {
        const [first, ...others] = digests;
        if (!first) return;
        const catalogue = read(digests, decisions);
        const { sightings } = applied(catalogue, catalogue.removing(first.id));
        expectSame(catalogue, read(others, decisions));
        applied(catalogue, catalogue.restoring(sightings));
        expectSame(catalogue, read(digests, decisions));
        expect(runToEnd(catalogue.restoring(sightings))).toMatchObject({ put: [], removed: [] });
      }),
    );
  });

  it('holds the new content of a digest that is replaced', () => {
    fc.assert(
      fc.property(cases, arbitraryRecords, ({ digests, decisions }, records) => {
        const catalogue = read(digests, decisions);
        applied(catalogue, catalogue.replacing('digest-0', records));
        expectSame(catalogue, read([...digests.slice(1), { id: 'digest-0', records }], decisions));
      }),
    );
  });

  it('loses no paper when a digest is read again, and does not change when it is read a third time', () => {
    fc.assert(
      fc.property(cases, arbitraryRecords, ({ digests, decisions }, records) => {
        const catalogue = read(digests, decisions);
        const before = [...catalogue.papers.values()];
        applied(catalogue, catalogue.importing('digest-0', records));
        const named = new Set(records.map(signature));
        for (const { sightings } of catalogue.papers.values()) {
          const isNamed = (each: Sighting) => each.digestId !== 'digest-0' || named.has(signature(each));
          expect(sightings.every(isNamed) || !sightings.some(isNamed)).toBe(true);
        }
        for (const paper of before.filter(({ id }) => !id.includes('~') && !id.startsWith('title:'))) {
          expect(catalogue.find(paper.id)).toBeDefined();
        }
        expect(runToEnd(catalogue.importing('digest-0', records))).toMatchObject({ put: [], removed: [] });
      }),
    );
  });

  it('reports each paper of a digest once', () => {
    fc.assert(
      fc.property(cases, ({ digests, decisions }) => {
        const last = digests.at(-1);
        if (!last) return;
        const catalogue = read(digests.slice(0, -1), decisions);
        const before = new Set(catalogue.papers.keys());
        const { added, updated, known, put, removed } = applied(
          catalogue,
          catalogue.importing(last.id, last.records),
        );
        const named = [...catalogue.papers.values()].filter(({ sightings }) =>
          sightings.some(({ digestId }) => digestId === last.id),
        );
        expect([...added, ...updated, ...known].sort()).toEqual(named.map(({ id }) => id).sort());
        expect(added.filter((id) => before.has(id))).toEqual([]);
        expect(removed.filter((id) => catalogue.papers.has(id) || !before.has(id))).toEqual([]);
        expect(put.filter((paper) => catalogue.papers.get(paper.id) !== paper)).toEqual([]);
      }),
    );
  });

  it('computes a change without applying it, and applying it affects only the papers in it', () => {
    fc.assert(
      fc.property(cases, arbitraryRecords, ({ digests, decisions }, records) => {
        const catalogue = read(digests, decisions);
        const before = new Map(catalogue.papers);
        const copy = structuredClone(before);
        const change = runToEnd(catalogue.importing('another', records));
        expect(catalogue.papers).toEqual(before);
        catalogue.apply(change);
        const changed = new Set([...change.removed, ...change.put.map(({ id }) => id)]);
        for (const [id, paper] of before) {
          if (!changed.has(id)) expect(catalogue.papers.get(id)).toBe(paper);
        }
        expect(before).toEqual(copy);
      }),
    );
  });

  it('behaves the same when loaded from stored papers', () => {
    fc.assert(
      fc.property(cases, arbitraryRecords, ({ digests, decisions }, records) => {
        const catalogue = read(digests, decisions);
        const stored = new Catalogue(structuredClone([...catalogue.papers.values()]), catalogue.decisions);
        for (const each of [catalogue, stored]) applied(each, each.importing('digest-0', records));
        expectSame(stored, catalogue);
      }),
    );
  });
});

describe('the papers of a catalogue', () => {
  it('contain each sighting once, and never two arXiv ids unless the reader decides so', () => {
    fc.assert(
      fc.property(cases, ({ digests, decisions }) => {
        const catalogue = read(digests, decisions);
        const held = [...catalogue.papers.values()].flatMap(({ sightings }) => sightings);
        expect(new Set(held).size).toBe(held.length);
        expect(new Set(held.map(signature))).toEqual(new Set(sightingsOf(digests).map(signature)));
        if (decisions.some(({ kind }) => kind === 'same')) return;
        for (const { sightings } of catalogue.papers.values()) {
          const arxivIds = sightings.flatMap(({ ids }) => ids.arxiv ?? []);
          expect(new Set(arxivIds).size).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('follow the decisions of the reader, both `apart` and `same`', () => {
    fc.assert(
      fc.property(cases, ({ digests, decisions }) => {
        const catalogue = read(digests, decisions);
        const paperOf = new Map(
          [...catalogue.papers.values()].flatMap((paper) =>
            paper.sightings.map((each) => [signature(each), paper.id] as const),
          ),
        );
        const hasApart = decisions.some(({ kind }) => kind === 'apart');
        for (const { kind, a, b } of decisions) {
          if (kind === 'apart') expect(paperOf.get(a)).not.toBe(paperOf.get(b));
          else if (!hasApart) expect(paperOf.get(a)).toBe(paperOf.get(b));
        }
      }),
    );
  });

  it('can be split and joined again, and two of them joined and split again', () => {
    fc.assert(
      fc.property(cases, fc.nat(99), fc.nat(99), ({ digests, decisions }, one, other) => {
        const catalogue = read(digests, decisions);
        const papers = [...catalogue.papers.values()];
        const [a, b] = [papers[one % papers.length], papers[other % papers.length]];
        const sighting = a?.sightings[other % a.sightings.length];
        if (!a || !b || !sighting) return;
        const holder = (each: Sighting) =>
          [...catalogue.papers.values()].find(({ sightings }) => sightings.includes(each));

        catalogue.apply(catalogue.deciding(splitDecisions(a, sighting)));
        const own = signature(sighting);
        const strangers = a.sightings.filter((each) => signature(each) !== own);
        expect(strangers.filter((each) => holder(sighting)?.sightings.includes(each))).toEqual([]);
        const rest = strangers[0] && holder(strangers[0]);
        const split = holder(sighting);
        if (!rest || !split) return;
        catalogue.apply(catalogue.deciding(joinDecisions(split, rest)));
        expect(holder(sighting)?.sightings).toEqual(
          expect.arrayContaining([...split.sightings, ...rest.sightings]),
        );
      }),
    );
  });
});

describe('composePaper', () => {
  it('gives the same content whatever the order of the sightings', () => {
    const arbitraryTwo = fc.array(arbitraryRecord, { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(arbitraryTwo, (records) => {
        const sightings = records.map((each, at) => ({ ...each, digestId: `digest-${at}` }));
        const content = (order: typeof sightings) => ({ ...composePaper('id', order), sightings: [] });
        expect(content(sightings.toReversed())).toEqual(content(sightings));
        expect(content(sightings).textHash).toBe(textHash(content(sightings)));
        expect(content([...sightings, ...sightings])).toEqual(content(sightings));
      }),
    );
  });
});
