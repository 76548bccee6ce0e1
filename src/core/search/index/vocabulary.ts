import SearchableMap from 'minisearch/SearchableMap';
import type { QueryWord } from './bm25f';
import { finishedStems } from './finished-stems';
import type { IndexPart, LexicalIndex } from './lexical-index';
import { findTerm, lowerBound, type PostingSegment } from './posting-segment';

/** A word that is still being typed matches at most so many words that begin with it, the most frequent ones. */
const maxPrefixMatches = 32;
const minPrefixLength = 2;
/** The highest weight of a prefix match; the word as typed has 1. */
const prefixWeight = 0.5;
/** Shorter words are within one edit of too many others. */
const minFuzzyLength = 5;
/** From this length on a fuzzy match may take two edits. */
const twoEditsFrom = 9;
const maxFuzzyMatches = 6;
const editWeight = 0.5;

/** The words of an index, to match unfinished and misspelt ones. */
export class Vocabulary {
  readonly #index: LexicalIndex;
  /** MiniSearch's radix tree, which finds similar words without comparing all; built when it is first needed. */
  #tree: SearchableMap<true> | null = null;
  #treeOf: readonly PostingSegment[] = [];

  constructor(index: LexicalIndex) {
    this.#index = index;
  }

  /** The term itself first, then terms of words that begin with what was typed. */
  prefixMatches(term: string, typed: string): QueryWord {
    if (typed.length < minPrefixLength) return [{ term, weight: 1 }];
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
        const match = terms[at];
        if (match === undefined || !match.startsWith(typed)) break;
        const papers = match === term ? 0 : papersWith(part, at);
        if (papers > 0) counts.set(match, (counts.get(match) ?? 0) + papers);
      }
    }
    const matches = [...counts]
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .slice(0, maxPrefixMatches);
    const weighted = matches.map(([match]) => ({
      term: match,
      weight: prefixWeight * Math.min(1, typed.length / match.length),
    }));
    return [{ term, weight: 1 }, ...weighted];
  }

  /** The term, or when no paper has it those that differ by one or two edits. */
  fuzzyMatches(term: string): QueryWord {
    const itself = [{ term, weight: 1 }];
    if (term.length < minFuzzyLength || this.#isKnown(term)) return itself;
    const edits = term.length < twoEditsFrom ? 1 : 2;
    const matches = [...this.#currentTree().fuzzyGet(term, edits)]
      .filter(([match]) => this.#isKnown(match))
      .map(([match, [, distance]]) => ({ term: match, weight: editWeight ** distance }));
    matches.sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1));
    return matches.length === 0 ? itself : matches.slice(0, maxFuzzyMatches);
  }

  /** False for a word of removed papers alone, which stays in its segment until that is merged. */
  #isKnown(term: string): boolean {
    return this.#index.parts.some((part) => {
      const at = findTerm(part.segment, term);
      return at >= 0 && papersWith(part, at) > 0;
    });
  }

  /** Builds the tree, for which the first misspelt word would otherwise wait: half a second at 80,000 words. */
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

/** How many papers of a part have a term of its segment, removed ones left out. */
function papersWith({ segment, isAlive, aliveCount }: IndexPart, term: number): number {
  const from = segment.offsets[term] ?? 0;
  const to = segment.offsets[term + 1] ?? 0;
  if (aliveCount === isAlive.length) return to - from;
  let papers = 0;
  for (let posting = from; posting < to; posting++) papers += isAlive[segment.rows[posting] ?? 0] ?? 0;
  return papers;
}
