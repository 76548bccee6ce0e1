import type { Annotation } from '../../core/annotation/annotation';
import { foldText } from '../../core/paper/text/clean';
import { shownName } from '../../core/paper/digest-name';
import type { Digest, Paper } from '../../core/paper/paper';
import type { Example } from '../../core/search/ranking/by-example';
import type { Query, State, Term } from '../../core/search/query/query';
import type { ResolvedTerm } from '../../core/search/query/paper-filter';
import { termPositions } from '../../core/search/query/query-words';
import { topicsNamed } from '../../core/topic/topics-named';
import type { Library } from '../library/library.svelte';
import type { Topics } from '../map/topics.svelte';

export interface Resolution {
  resolved: ResolvedTerm[];
  examples: Example[];
  /** What could not be resolved, in whole sentences. */
  remarks: string[];
}

interface Known {
  library: Pick<Library, 'papers' | 'paper' | 'digests'>;
  /** Ids of papers that are new to the reader. */
  fresh: ReadonlySet<string>;
  topics: Pick<Topics, 'all' | 'index'>;
  /** By the id of the paper. */
  annotations: ReadonlyMap<string, Annotation>;
  slotOf: (id: string) => number;
}

/** Finds the papers that match the terms that are not in the index: years, digests, what is new, read or starred, and examples. */
export function resolveTerms(query: Query, known: Known): Resolution {
  const resolution: Resolution = { resolved: [], examples: [], remarks: [] };
  if (query.isPasted) return resolution;
  for (const [clause, { anyOf, isExcluded }] of query.clauses.entries()) {
    if (anyOf.length > 1 && anyOf.some(isExample)) {
      resolution.remarks.push(
        '“like:” ranks papers and cannot be one of several: what “OR” joins it to is left out.',
      );
    }
    for (const [at, term] of anyOf.entries()) {
      if (matchesNothing(term, isExcluded)) {
        resolution.remarks.push(`“${term.text}” is too common a word to search for.`);
      }
      if (term.kind === 'field' && term.field === 'like') {
        const paper = paperCalled(term.text, known.library);
        if (paper === undefined) resolution.remarks.push(`No paper here is called “${term.text}”.`);
        else resolution.examples.push({ slot: known.slotOf(paper.id), isUnlike: isExcluded });
        continue;
      }
      const matches = testOf(term, known, resolution.remarks);
      if (matches === null) continue;
      const slots = known.library.papers.filter(matches).map(({ id }) => known.slotOf(id));
      resolution.resolved.push({
        clause,
        term: at,
        slots: Int32Array.from(slots).filter((slot) => slot >= 0),
      });
    }
  }
  return resolution;
}

function isExample(term: Term): boolean {
  return term.kind === 'field' && term.field === 'like';
}

/** Terms that match nothing are no filter; a remark says so to whoever typed them. */
function matchesNothing(term: Term, isExcluded: boolean): term is Term & { text: string } {
  const isFilter = term.kind === 'field' ? term.field === 'title' : isExcluded;
  return isFilter && 'text' in term && termPositions(term.text).length === 0;
}

/** Null for terms that the index resolves itself. */
function testOf(term: Term, known: Known, remarks: string[]): ((paper: Paper) => boolean) | null {
  switch (term.kind) {
    case 'year': {
      const { from, to } = term;
      return ({ date }) => {
        const year = Number(date?.slice(0, 4));
        return (from === null || year >= from) && (to === null || year <= to);
      };
    }
    case 'is':
      return isInState(term.state, known);
    case 'field':
      if (term.field === 'digest') return isInDigest(term.text, known.library, remarks);
      return term.field === 'topic' ? isInTopic(term.text, known.topics, remarks) : null;
    default:
      return null;
  }
}

function isInState(state: State, { fresh, annotations }: Known): (paper: Paper) => boolean {
  switch (state) {
    case 'new':
      return ({ id }) => fresh.has(id);
    case 'read':
      return ({ id }) => annotations.get(id)?.isRead === true;
    case 'unread':
      return ({ id }) => annotations.get(id)?.isRead !== true;
    case 'starred':
      return ({ id }) => annotations.get(id)?.isStarred === true;
    case 'noted':
      return ({ id }) => annotations.get(id)?.note !== undefined;
  }
}

function isInDigest(
  name: string,
  { digests }: Known['library'],
  remarks: string[],
): (paper: Paper) => boolean {
  const folded = foldText(name);
  const isCalled = (digest: Digest) => folded !== '' && foldText(shownName(digest)).includes(folded);
  const found = new Set(digests.filter(isCalled).map(({ id }) => id));
  if (found.size === 0) remarks.push(`No digest here is called “${name}”.`);
  return ({ sightings }) => sightings.some(({ digestId }) => found.has(digestId));
}

function isInTopic(name: string, topics: Known['topics'], remarks: string[]): (paper: Paper) => boolean {
  const found = topicsNamed(name, topics.all);
  if (topics.all.length === 0) remarks.push('The map has no topics yet, so “topic:” finds nothing.');
  else if (found.size === 0) remarks.push(`No topic of the map is called “${name}”.`);
  return (paper) => found.has(topics.index(paper));
}

/** Folding 20,000 titles takes some 50 ms, and is done once. */
const foldedTitles = new WeakMap<Paper, string>();

function foldedTitle(paper: Paper): string {
  let folded = foldedTitles.get(paper);
  if (folded === undefined) foldedTitles.set(paper, (folded = foldText(paper.title)));
  return folded;
}

/** By its id, by an id in another system, by its title, or by the beginning of it. */
function paperCalled(name: string, library: Known['library']): Paper | undefined {
  const { papers } = library;
  const byId = library.paper(name);
  if (byId !== undefined) return byId;
  const folded = foldText(name);
  if (folded === '') return undefined;
  return (
    papers.find(({ ids }) => Object.values(ids).includes(name)) ??
    papers.find((each) => foldedTitle(each) === folded) ??
    papers.find((each) => foldedTitle(each).startsWith(folded))
  );
}
