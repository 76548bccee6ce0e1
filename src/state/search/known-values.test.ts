import { describe, expect, it } from 'vitest';
import type { Annotation } from '../../core/annotation/annotation';
import { annotation } from '../../core/annotation/fixtures/annotations';
import { composePaper } from '../../core/paper/catalogue/compose';
import { identify } from '../../core/paper/identity';
import type { Digest, Paper, ParsedPaper } from '../../core/paper/paper';
import type { Topic } from '../../core/topic/topic';
import { KnownValues } from './known-values.svelte';

let position = 0;
function paper(fields: Partial<ParsedPaper>): Paper {
  const title = fields.title ?? `Paper ${position}`;
  const identified = identify({ title, abstract: '', authors: [], ids: {}, position: position++, ...fields });
  return composePaper(identified.id, [{ ...identified, digestId: 'one' }]);
}

function digest(name: string, fields: Partial<Digest> = {}): Digest {
  return {
    id: name,
    name,
    format: 'json',
    file: `${name}.json`,
    sha256: '',
    count: 1,
    addedAt: 0,
    ...fields,
  };
}

function libraryOf(papers: readonly Paper[], digests: readonly Digest[] = []) {
  return { papers, digests };
}

type Deps = ConstructorParameters<typeof KnownValues>[0];

function knownValues(library: Deps['library'], annotations: Deps['annotations'], all: Topic[] = []) {
  return new KnownValues({ library, annotations, topics: { all } });
}

async function valuesOf(known: KnownValues) {
  await known.gather();
  if (known.values === null) throw new Error('expected values to be gathered');
  return known.values;
}

const unwritten = { byPaper: new Map<string, Annotation>() };

const papers = [
  paper({ authors: ['Zoë Márquez', 'Ada Li'], venue: 'ACL', categories: ['cs.CL'], date: '2021' }),
  paper({ authors: ['Ada Li'], venue: 'NeurIPS', categories: ['cs.LG', 'Sparse models'], date: '2023-04' }),
  paper({ authors: ['Bo Chen', 'Ada Li'], venue: 'NeurIPS', categories: ['cs.LG'], date: '2021-11-23' }),
  paper({}),
];

describe('known values', () => {
  it('are not there until they are gathered', () => {
    const known = knownValues(libraryOf(papers), unwritten);
    expect(known.values).toBeNull();
  });

  it('are those that papers hold, the most frequent first, and the years newest first', async () => {
    const known = knownValues(libraryOf(papers), unwritten);
    const { authors, venues, tags, topics, titles, years, states } = await valuesOf(known);
    expect(authors.values).toEqual(['Ada Li', 'Zoë Márquez', 'Bo Chen']);
    expect(authors.folded).toEqual([' ada li', ' zoe marquez', ' bo chen']);
    expect(venues.values).toEqual(['NeurIPS', 'ACL']);
    expect(tags.values).toEqual(['cs.LG', 'cs.CL', 'Sparse models']);
    expect(topics.values).toEqual([]);
    expect(titles.values).toEqual(papers.map(({ title }) => title));
    expect(years).toEqual([2023, 2021]);
    expect(states).toEqual(['read', 'unread', 'starred', 'new', 'noted']);
  });

  it('begin with the tags of the reader, and follow them', async () => {
    const annotations = { byPaper: new Map([['a', annotation('a', { tags: ['CS.CL', 'to read'] })]]) };
    const known = knownValues(libraryOf(papers), annotations);
    expect((await valuesOf(known)).tags.values).toEqual(['CS.CL', 'to read', 'cs.LG', 'Sparse models']);
    annotations.byPaper = new Map();
    expect((await valuesOf(known)).tags.values).toEqual(['cs.LG', 'cs.CL', 'Sparse models']);
  });

  it('name spellings with the same key once, as they are spelt most often', async () => {
    const spelt = ['ZOE MARQUEZ', 'Zoë Márquez', 'Ada', 'Zoë Márquez'];
    const known = knownValues(libraryOf(spelt.map((author) => paper({ authors: [author] }))), unwritten);
    expect((await valuesOf(known)).authors.values).toEqual(['Zoë Márquez', 'Ada']);
  });

  it('name digests as the reader calls them, the newest first, without those that are hidden', async () => {
    const digests = [
      digest('Monday'),
      digest('attic', { isHidden: true }),
      digest('x', { ownName: 'Tuesday' }),
      digest('y', { ownName: 'monday' }),
    ];
    const known = knownValues(libraryOf(papers, digests), unwritten);
    expect((await valuesOf(known)).digests.values).toEqual(['monday', 'Tuesday']);
  });

  it('are gathered again when papers or digests have changed, and otherwise not', async () => {
    const library = libraryOf(papers, [digest('Monday')]);
    const known = knownValues(library, unwritten);
    await known.gather();
    const before = known.values;
    await known.gather();
    expect(known.values).toBe(before);

    library.papers = [...papers, paper({ authors: ['Eve Ito'] })];
    expect((await valuesOf(known)).authors.values).toContain('Eve Ito');

    library.digests = [digest('Monday', { ownName: 'Mondays' })];
    expect((await valuesOf(known)).digests.values).toEqual(['Mondays']);
  });

  it('are those of the latest library, whatever was being gathered', async () => {
    const many = Array.from({ length: 3000 }, (_, n) => paper({ authors: [`Old ${n}`, `Older ${n}`] }));
    const library = libraryOf(many);
    const known = knownValues(library, unwritten);
    const first = known.gather();
    library.papers = papers;
    await Promise.all([first, known.gather()]);
    expect(known.values?.authors.values).toEqual(['Ada Li', 'Zoë Márquez', 'Bo Chen']);
  });

  it('include the topics of the map, and are gathered again when these change', async () => {
    const topics = { all: [{ id: 0, name: 'Birds, songs', words: [], hue: 0 }] };
    const known = new KnownValues({ library: libraryOf(papers), annotations: unwritten, topics });
    expect((await valuesOf(known)).topics.values).toEqual(['Birds, songs']);
    topics.all = [...topics.all, { id: 1, name: 'Reeds', words: [], hue: 180 }];
    expect((await valuesOf(known)).topics.values).toEqual(['Birds, songs', 'Reeds']);
  });
});
