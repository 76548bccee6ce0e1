import SearchableMap from 'minisearch/SearchableMap';
import type { QueryWord } from './bm25f';
import { finishedStems } from './finished-stems';
import type { IndexPart, LexicalIndex } from './lexical-index';
import { findTerm, lowerBound, type PostingSegment } from './posting-segment';

/** A word that is still being typed is met by at most so many others that begin with it, the most frequent ones. */
const mostEndings = 32;
const shortestStart = 2;
/** What a guessed ending counts for beside the word as it stands, at most. */
const endingWeight = 0.5;
/** Shorter words are too near to too many others. */
const shortestSlip = 5;
/** From this length on two slips are forgiven. */
const twoSlipsFrom = 9;
const mostCorrections = 6;
const slipWeight = 0.5;

/** The words of an index, for what a reader types that is not quite one of them. */
export class Vocabulary {
  readonly #index: LexicalIndex;
  /** MiniSearch's radix tree, which finds near words without comparing all; made when it is needed. */
  #tree: SearchableMap<true> | null = null;
  #treeOf: readonly PostingSegment[] = [];

  constructor(index: LexicalIndex) {
    this.#index = index;
  }

  /** The term, and those of words that begin with what was typed of it. */
  withEndings(term: string, typed: string): QueryWord {
    if (typed.length < shortestStart) return [{ term, weight: 1 }];
    const counts = new Map<string, number>();
    const stems = finishedStems(typed).filter((stem) => stem !== term);
    for (const part of this.#index.parts) {
      const { terms } = part.segment;
      for (const stem of stems) {
        const at = findTerm(part.segment, stem);
        const papers = at < 0 ? 0 : papersWith(part, at);
        if (papers > 0) counts.set(stem, (counts.get(stem) ?? 0) + papers);
      }
      for (let at = lowerBound(terms, typed); ; at++) {
        const found = terms[at];
        if (found === undefined || !found.startsWith(typed)) break;
        const papers = found === term ? 0 : papersWith(part, at);
        if (papers > 0) counts.set(found, (counts.get(found) ?? 0) + papers);
      }
    }
    const endings = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, mostEndings);
    const weighted = endings.map(([found]) => ({
      term: found,
      weight: endingWeight * Math.min(1, typed.length / found.length),
    }));
    return [{ term, weight: 1 }, ...weighted];
  }

  /** The term, or where no paper has it those that differ by a slip or two. */
  forgiving(term: string): QueryWord {
    const itself = [{ term, weight: 1 }];
    if (term.length < shortestSlip || this.#isKnown(term)) return itself;
    const slips = term.length < twoSlipsFrom ? 1 : 2;
    const near = [...this.#currentTree().fuzzyGet(term, slips)]
      .filter(([found]) => this.#isKnown(found))
      .map(([found, [, distance]]) => ({ term: found, weight: slipWeight ** distance }));
    near.sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1));
    return near.length === 0 ? itself : near.slice(0, mostCorrections);
  }

  /** Words of removed papers stay in the segments until these are merged, and are known no more. */
  #isKnown(term: string): boolean {
    return this.#index.parts.some((part) => {
      const at = findTerm(part.segment, term);
      return at >= 0 && papersWith(part, at) > 0;
    });
  }

  /** Does beforehand what would hold up the first word with a slip: half a second at 80,000 words. */
  prepare(): void {
    this.#currentTree();
  }

  #currentTree(): SearchableMap<true> {
    const segments = this.#index.parts.map(({ segment }) => segment);
    const isCurrent =
      segments.length === this.#treeOf.length &&
      segments.every((segment, at) => segment === this.#treeOf[at]);
    if (this.#tree === null || !isCurrent) {
      this.#tree = new SearchableMap<true>();
      for (const { terms } of segments) for (const term of terms) this.#tree.set(term, true);
      this.#treeOf = segments;
    }
    return this.#tree;
  }
}

/** How many papers of a part, removed ones left out, have its term. */
function papersWith({ segment, isAlive, alive }: IndexPart, term: number): number {
  const from = segment.offsets[term] ?? 0;
  const to = segment.offsets[term + 1] ?? 0;
  if (alive === isAlive.length) return to - from;
  let papers = 0;
  for (let posting = from; posting < to; posting++) papers += isAlive[segment.rows[posting] ?? 0] ?? 0;
  return papers;
}
