import { textHash, UNTITLED } from './identity';
import type { IdentifiedPaper, Paper, PaperIds, Sighting } from './paper';

/** What one digest does to the library. The id lists name each paper of the digest once, and no other. */
export interface Merge {
  /** New or changed, to be stored; a paper seen in one digest more or less counts as changed here. */
  papers: Paper[];
  added: string[];
  /** Known before, and the digest told something new about them. */
  updated: string[];
  /** Known before, and nothing new but the sighting. */
  known: string[];
}

/**
 * Merges what a digest holds into what is known. Doing it again changes nothing, and the order of digests does not
 * matter but for the order of `sightings` (and for a paper whose title only some of its sources give).
 *
 * A digest that was read before is replaced: papers stand where it names them now, and one that it names no more
 * loses that sighting, unless it has no other; so no paper is lost that the reader may have written about.
 */
export function mergeImport(
  known: ReadonlyMap<string, Paper>,
  incoming: readonly IdentifiedPaper[],
  digestId: string,
): Merge {
  const arriving = new Map<string, Paper>();
  for (const each of incoming) {
    const paper = toPaper(each, digestId);
    const twin = arriving.get(paper.id);
    arriving.set(paper.id, twin === undefined ? paper : mergePapers(twin, paper, firstPlaces));
  }
  const result: Merge = { papers: [], added: [], updated: [], known: [] };
  for (const [id, paper] of arriving) {
    const before = known.get(id);
    if (before === undefined) {
      result.added.push(id);
      result.papers.push(paper);
      continue;
    }
    const merged = mergePapers(before, paper, newestPlaces);
    (isSameContent(before, merged) ? result.known : result.updated).push(id);
    if (!isSame(before, merged)) result.papers.push(merged);
  }
  for (const paper of known.values()) {
    if (arriving.has(paper.id)) continue;
    const elsewhere = paper.sightings.filter((sighting) => sighting.digestId !== digestId);
    const isGone = elsewhere.length < paper.sightings.length && elsewhere.length > 0;
    if (isGone) result.papers.push({ ...paper, sightings: elsewhere });
  }
  return result;
}

function toPaper(incoming: IdentifiedPaper, digestId: string): Paper {
  const { position, ...content } = incoming;
  return { ...content, sightings: [{ digestId, position }] };
}

/** Two records of one paper. Each part is the greater of two in a fixed order, so that no order of imports matters. */
function mergePapers(a: Paper, b: Paper, mergePlaces: (before: number, arriving: number) => number): Paper {
  const [text, other] = compareText(a, b) >= 0 ? [a, b] : [b, a];
  const title = text.title === UNTITLED ? other.title : text.title;
  const merged: Paper = {
    id: a.id,
    title,
    abstract: text.abstract,
    authors: compareLists(a.authors, b.authors) >= 0 ? a.authors : b.authors,
    ids: mergeIds(text.ids, other.ids),
    sightings: mergeSightings(a.sightings, b.sightings, mergePlaces),
    textHash: title === text.title ? text.textHash : textHash({ title, abstract: text.abstract }),
  };
  const url = shorter(a.url, b.url);
  const date = earlier(a.date, b.date);
  if (url !== undefined) merged.url = url;
  if (date !== undefined) merged.date = date;
  return merged;
}

/**
 * Title and abstract go together. A text with an abstract is above one without, whatever the versions: a replacement
 * notice brings no abstract and must not blank one. Then the newer version, then the longer abstract.
 */
function compareText(a: Paper, b: Paper): number {
  return (
    Number(a.abstract !== '') - Number(b.abstract !== '') ||
    (a.ids.arxivVersion ?? 0) - (b.ids.arxivVersion ?? 0) ||
    a.abstract.length - b.abstract.length ||
    compareStrings(a.abstract, b.abstract) ||
    a.title.length - b.title.length ||
    compareStrings(a.title, b.title)
  );
}

/** More names, then longer ones: `Zoë Márquez` is above `Z. Márquez`. */
function compareLists(a: string[], b: string[]): number {
  const [joinedA, joinedB] = [a.join('\n'), b.join('\n')];
  return a.length - b.length || joinedA.length - joinedB.length || compareStrings(joinedA, joinedB);
}

function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The version is the one of the text that was kept. */
function mergeIds(kept: PaperIds, other: PaperIds): PaperIds {
  const merged: PaperIds = {};
  const arxiv = shorter(kept.arxiv, other.arxiv);
  const doi = shorter(kept.doi, other.doi);
  if (arxiv !== undefined) merged.arxiv = arxiv;
  if (kept.arxivVersion !== undefined) merged.arxivVersion = kept.arxivVersion;
  if (doi !== undefined) merged.doi = doi;
  return merged;
}

/** Named twice in one digest. */
const firstPlaces = Math.min;
/** Named by a digest and by what it was before. */
const newestPlaces = (_before: number, arriving: number): number => arriving;

/** One sighting a digest. */
function mergeSightings(
  before: Sighting[],
  arriving: Sighting[],
  mergePlaces: (before: number, arriving: number) => number,
): Sighting[] {
  const places = new Map(before.map(({ digestId, position }) => [digestId, position]));
  for (const { digestId, position } of arriving) {
    const place = places.get(digestId);
    places.set(digestId, place === undefined ? position : mergePlaces(place, position));
  }
  return [...places].map(([digestId, position]) => ({ digestId, position }));
}

function shorter(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return (a.length - b.length || compareStrings(a, b)) <= 0 ? a : b;
}

/** The earlier of two calendar dates; `2026` is after all days of 2026, so that the precise date is kept. */
function earlier(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const padded = (date: string) => date + '-99-99'.slice(date.length - 4);
  return padded(a) <= padded(b) ? a : b;
}

function isSameContent(a: Paper, b: Paper): boolean {
  return (
    a.title === b.title &&
    a.abstract === b.abstract &&
    compareLists(a.authors, b.authors) === 0 &&
    a.ids.arxiv === b.ids.arxiv &&
    a.ids.arxivVersion === b.ids.arxivVersion &&
    a.ids.doi === b.ids.doi &&
    a.url === b.url &&
    a.date === b.date
  );
}

function isSame(a: Paper, b: Paper): boolean {
  if (!isSameContent(a, b) || a.sightings.length !== b.sightings.length) return false;
  return a.sightings.every(
    (sighting, index) =>
      sighting.digestId === b.sightings[index]?.digestId && sighting.position === b.sightings[index].position,
  );
}
