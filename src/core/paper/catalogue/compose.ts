import { textHash, untitled } from '../identity';
import { idKinds, readIds } from '../ids';
import type { Paper, PaperContent, PaperIds, Sighting, Signals } from '../paper';

/**
 * Composes a paper from its sightings. Each field is the maximum of their values in a fixed order, so that the order of
 * the sightings affects only `sightings`. Needs at least one; the array and its content are shared, not copied.
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
 * The best text with a title. If its abstract is not whole, the page may only have mentioned the paper ("a preprint"):
 * then a record with authors is preferred.
 */
function titleSighting(byText: readonly Sighting[]): Sighting | undefined {
  const titled = byText.filter(({ title }) => title !== untitled);
  const isWhole = byText[0] !== undefined && wholeness(byText[0]) === 2;
  const withAuthors = isWhole ? undefined : titled.find(({ authors }) => authors.length > 0);
  return withAuthors ?? titled[0];
}

/** All fields but the texts; each is chosen separately among the sightings. */
type Metadata = Omit<PaperContent, 'title' | 'abstract' | 'isExcerpt'>;

function paperOf(
  id: string,
  text: Pick<PaperContent, 'title' | 'abstract' | 'isExcerpt'>,
  hash: string,
  metadata: Metadata,
  sightings: readonly Sighting[],
): Paper {
  const { title, abstract } = text;
  const paper: Paper = {
    id,
    title,
    abstract,
    authors: metadata.authors,
    ids: metadata.ids,
    sightings,
    textHash: hash,
  };
  if (text.isExcerpt) paper.isExcerpt = true;
  if (metadata.url !== undefined) paper.url = metadata.url;
  if (metadata.date !== undefined) paper.date = metadata.date;
  if (metadata.updated !== undefined) paper.updated = metadata.updated;
  if (metadata.venue !== undefined) paper.venue = metadata.venue;
  if (metadata.categories !== undefined) paper.categories = metadata.categories;
  if (metadata.signals !== undefined) paper.signals = metadata.signals;
  return paper;
}

function combined(sightings: readonly Sighting[], text: Sighting): Metadata {
  const metadata: Metadata = { authors: text.authors, ids: combinedIds(sightings, text.ids.arxivVersion) };
  for (const { authors } of sightings)
    if (compareAuthors(authors, metadata.authors) > 0) metadata.authors = authors;
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
  if (url !== undefined) metadata.url = url;
  if (date !== undefined) metadata.date = date;
  if (updated !== undefined) metadata.updated = updated;
  if (venue !== undefined) metadata.venue = venue;
  if (categories.length > 0) metadata.categories = categories;
  if (signals !== null) metadata.signals = signals;
  return metadata;
}

/**
 * A whole abstract is preferred to an excerpt, and that to none, whatever the versions: a replacement notice has no
 * abstract and must not blank one. Then the newer version, then the longer abstract.
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

/** More names, then longer ones: `Zoë Márquez` is preferred to `Z. Márquez`. */
function compareAuthors(a: string[], b: string[]): number {
  return a.length - b.length || compareLengths(a.join('\n'), b.join('\n'));
}

/** `version` is that of the chosen text. */
function combinedIds(sightings: readonly Sighting[], version: number | undefined): PaperIds {
  const ids: PaperIds = {};
  for (const kind of idKinds) {
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

/** The longest list, then the other categories of the other lists. */
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

/** Links to the paper itself are preferred to links to pages about it; then the shorter one. */
function compareLinks(a: string, b: string): number {
  return directness(a) - directness(b) || compareLengths(b, a);
}

function directness(url: string): number {
  const { arxiv, doi } = readIds(url);
  if (arxiv !== undefined) return 2;
  return doi === undefined ? 0 : 1;
}

const preprintServer = /^(?:arxiv|corr\b|biorxiv|medrxiv|chemrxiv|ssrn|preprint)/i;

/** A journal or conference is preferred to a preprint server; then the longer name. */
function compareVenues(a: string, b: string): number {
  return Number(preprintServer.test(b)) - Number(preprintServer.test(a)) || compareLengths(a, b);
}

/** `2026` sorts after all days of 2026, so that among the earliest dates the precise one is chosen. */
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
