import { textHash, UNTITLED } from '../identity';
import { ID_KINDS, readIds } from '../ids';
import type { Paper, PaperIds, ParsedPaper, Sighting, Signals } from '../paper';

/**
 * What sightings of one paper say together. Each part is the greatest of what they say in a fixed order, so that their
 * own order matters to `sightings` alone. At least one sighting; the array and what is in it are kept, not copied.
 */
export function composePaper(id: string, sightings: readonly Sighting[]): Paper {
  const [first, ...others] = sightings;
  if (first === undefined) throw new Error(`no sighting of ${id}`);
  if (others.length === 0) return paperOf(id, first, first.textHash, first, sightings);

  const byText = sightings.toSorted((a, b) => compareText(b, a));
  const text = byText[0] ?? first;
  const titled = titleSighting(byText) ?? text;
  const { abstract } = text;
  const { title } = titled;
  const hash = title === text.title ? text.textHash : textHash({ title, abstract });
  return paperOf(id, { ...text, title }, hash, combined(sightings, text), sightings);
}

/**
 * The best text with a title. Where that text is no whole one, a page may only have spoken of the paper ("a preprint"):
 * then a record with authors is above it.
 */
function titleSighting(byText: readonly Sighting[]): Sighting | undefined {
  const titled = byText.filter(({ title }) => title !== UNTITLED);
  const isWhole = byText[0] !== undefined && wholeness(byText[0]) === 2;
  const signed = isWhole ? undefined : titled.find(({ authors }) => authors.length > 0);
  return signed ?? titled[0];
}

/** What is not text: each field on its own, from whichever sightings have it. */
type Facts = Pick<
  ParsedPaper,
  'authors' | 'ids' | 'url' | 'date' | 'updated' | 'venue' | 'categories' | 'signals'
>;

function paperOf(
  id: string,
  text: Pick<ParsedPaper, 'title' | 'abstract' | 'isExcerpt'>,
  hash: string,
  facts: Facts,
  sightings: readonly Sighting[],
): Paper {
  const { title, abstract } = text;
  const paper: Paper = {
    id,
    title,
    abstract,
    authors: facts.authors,
    ids: facts.ids,
    sightings,
    textHash: hash,
  };
  if (text.isExcerpt) paper.isExcerpt = true;
  if (facts.url !== undefined) paper.url = facts.url;
  if (facts.date !== undefined) paper.date = facts.date;
  if (facts.updated !== undefined) paper.updated = facts.updated;
  if (facts.venue !== undefined) paper.venue = facts.venue;
  if (facts.categories !== undefined) paper.categories = facts.categories;
  if (facts.signals !== undefined) paper.signals = facts.signals;
  return paper;
}

function combined(sightings: readonly Sighting[], text: Sighting): Facts {
  const facts: Facts = { authors: text.authors, ids: combinedIds(sightings, text.ids.arxivVersion) };
  for (const { authors } of sightings)
    if (compareAuthors(authors, facts.authors) > 0) facts.authors = authors;
  const url = greatest(sightings, ({ url }) => url, compareLinks);
  const date = greatest(
    sightings,
    ({ date }) => date,
    (a, b) => compareStrings(latestDay(b), latestDay(a)),
  );
  const updated = greatest(sightings, ({ updated }) => updated, compareStrings);
  const venue = greatest(sightings, ({ venue }) => venue, compareVenues);
  const categories = combinedCategories(sightings);
  const signals = combinedSignals(sightings);
  if (url !== undefined) facts.url = url;
  if (date !== undefined) facts.date = date;
  if (updated !== undefined) facts.updated = updated;
  if (venue !== undefined) facts.venue = venue;
  if (categories.length > 0) facts.categories = categories;
  if (signals !== null) facts.signals = signals;
  return facts;
}

/**
 * A text with an abstract is above one with a piece of it, and that above none, whatever the versions: a replacement
 * notice brings no abstract and must not blank one. Then the newer version, then the longer abstract.
 */
function compareText(a: Sighting, b: Sighting): number {
  return (
    wholeness(a) - wholeness(b) ||
    (a.ids.arxivVersion ?? 0) - (b.ids.arxivVersion ?? 0) ||
    compareLengths(a.abstract, b.abstract) ||
    compareLengths(a.title, b.title)
  );
}

function wholeness({ abstract, isExcerpt }: Sighting): number {
  if (abstract === '') return 0;
  return isExcerpt ? 1 : 2;
}

/** More names, then longer ones: `Zoë Márquez` is above `Z. Márquez`. */
function compareAuthors(a: string[], b: string[]): number {
  return a.length - b.length || compareLengths(a.join('\n'), b.join('\n'));
}

/** The version is the one of the text that was kept. */
function combinedIds(sightings: readonly Sighting[], version: number | undefined): PaperIds {
  const ids: PaperIds = {};
  for (const kind of ID_KINDS) {
    const id = greatest(
      sightings,
      (sighting) => sighting.ids[kind],
      (a, b) => compareLengths(b, a),
    );
    if (id !== undefined) ids[kind] = id;
  }
  if (version !== undefined) ids.arxivVersion = version;
  return ids;
}

/** The order of the longest list, then what the others have beyond it. */
function combinedCategories(sightings: readonly Sighting[]): string[] {
  const lists = sightings.map(({ categories }) => categories ?? []);
  return [...new Set(lists.sort((a, b) => compareAuthors(b, a)).flat())];
}

function combinedSignals(sightings: readonly Sighting[]): Signals | null {
  const signals: Signals = {};
  for (const kind of ['upvotes', 'comments', 'stars', 'citations'] as const) {
    const count = greatest(
      sightings,
      (sighting) => sighting.signals?.[kind],
      (a, b) => a - b,
    );
    if (count !== undefined) signals[kind] = count;
  }
  return Object.keys(signals).length > 0 ? signals : null;
}

/** Links to the paper itself are above links to pages that speak of it; then the shorter one. */
function compareLinks(a: string, b: string): number {
  return directness(a) - directness(b) || compareLengths(b, a);
}

function directness(url: string): number {
  const { arxiv, doi } = readIds(url);
  if (arxiv !== undefined) return 2;
  return doi === undefined ? 0 : 1;
}

const PREPRINT_SERVER = /^(?:arxiv|corr\b|biorxiv|medrxiv|chemrxiv|ssrn|preprint)/i;

/** A journal or conference is above the server of its preprint; then the one that says more. */
function compareVenues(a: string, b: string): number {
  return Number(PREPRINT_SERVER.test(b)) - Number(PREPRINT_SERVER.test(a)) || compareLengths(a, b);
}

/** `2026` is after all days of 2026, so that of the earliest dates the precise one is kept. */
function latestDay(date: string): string {
  return date + '-99-99'.slice(date.length - 4);
}

function compareLengths(a: string, b: string): number {
  return a.length - b.length || compareStrings(a, b);
}

function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function greatest<Value>(
  sightings: readonly Sighting[],
  read: (sighting: Sighting) => Value | undefined,
  compare: (a: Value, b: Value) => number,
): Value | undefined {
  let best: Value | undefined;
  for (const sighting of sightings) {
    const value = read(sighting);
    if (value !== undefined && (best === undefined || compare(value, best) > 0)) best = value;
  }
  return best;
}
