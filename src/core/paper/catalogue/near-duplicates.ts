import type { NeighbourGraph } from '../../vector/neighbours';
import { foldText } from '../text/clean';
import { TitleTrigrams } from './title-trigrams';

/** The fields by which papers are compared. */
export interface TitledPaper {
  title: string;
  /** Family name of the first author, '' when unknown. */
  firstAuthor: string;
  /** Year, NaN when unknown. */
  year: number;
}

/** Rows of two papers that may be the same. */
export interface DuplicatePair {
  a: number;
  b: number;
  /** 0 to 1; at least a threshold calibrated to one false offer in 400 papers. */
  score: number;
}

/**
 * Minimum score of an offered pair. Measured on 400 altered copies among 2,364 conference papers (typing errors, lost
 * subtitles and words, dropped sentences, a third without abstract; authors unknown): 0.92 of them are offered, while
 * 0.25 have the same title; of the originals 5 false pairs are offered, which is one in 470 papers.
 */
const offerThreshold = 0.825;

/** Cosine above which similar texts raise the score of titles that are only somewhat similar. */
const closeText = 0.8;
const closeTextWeight = 2;

/** A shorter title ("Editorial") is not distinctive: it counts only when the texts have this cosine. */
const distinctiveLength = 16;
const distinctiveWords = 3;
const sameText = 0.85;
/** A title that more papers have ("Preface") is ignored. */
const maxSameTitle = 3;

/** Penalties for fields that are known for both papers and differ. */
const authorPenalty = 0.1;
const yearPenalty = 0.1;
const maxYearsApart = 1;
/** Penalty when only one title has a number. With different numbers ("Part I", "Part II") they are never one paper. */
const numberPenalty = 0.1;

const rowsPerSlice = 200;

/**
 * Pairs that may be the same paper, the most certain first. Only neighbours in the graph are compared; its row i is
 * paper i. Yields the number of papers compared. After Libgober and Jerzak, *Linking Datasets on Organizations*
 * (2023), for the trigrams, and Kilias and others, *IDEL* (2018), for the graph as the source of candidates.
 */
export function* findNearDuplicates(
  papers: readonly TitledPaper[],
  graph: NeighbourGraph,
): Generator<number, DuplicatePair[]> {
  const trigrams = new TitleTrigrams();
  const fields: ComparedFields[] = [];
  const papersWithTitle = new Map<string, number>();
  for (const paper of papers) {
    if (fields.length % rowsPerSlice === rowsPerSlice - 1) yield 0;
    const folded = foldText(paper.title);
    trigrams.add(folded);
    fields.push(fieldsOf(folded, paper));
    papersWithTitle.set(folded, (papersWithTitle.get(folded) ?? 0) + 1);
  }

  const pairs: DuplicatePair[] = [];
  for (let row = 0; row < Math.min(graph.n, papers.length); row++) {
    if (row % rowsPerSlice === rowsPerSlice - 1) yield row;
    for (let slot = row * graph.k; slot < (row + 1) * graph.k; slot++) {
      const neighbour = graph.indices[slot] ?? -1;
      const [one, other] = [fields[row], fields[neighbour]];
      if (!one || !other || (neighbour < row && hasNeighbour(graph, neighbour, row))) continue;
      if (one.folded === other.folded && (papersWithTitle.get(one.folded) ?? 0) > maxSameTitle) continue;
      const textSimilarity = graph.similarities[slot] ?? 0;
      const score = scoreOf(trigrams.similarity(row, neighbour), textSimilarity, one, other);
      if (score >= offerThreshold)
        pairs.push({ a: Math.min(row, neighbour), b: Math.max(row, neighbour), score });
    }
  }
  return pairs.sort((x, y) => y.score - x.score || x.a - y.a || x.b - y.b);
}

interface ComparedFields {
  folded: string;
  isDistinctive: boolean;
  /** Numbers in the title, in order: "2020", "ii". */
  numbers: string;
  author: string;
  year: number;
}

const numberPattern = /\d+|\b(?:i{1,3}|iv|vi{0,3}|ix|x)\b/g;

function fieldsOf(folded: string, { firstAuthor, year }: TitledPaper): ComparedFields {
  return {
    folded,
    isDistinctive: folded.length >= distinctiveLength && folded.split(' ').length >= distinctiveWords,
    numbers: (folded.match(numberPattern) ?? []).join(' '),
    author: foldText(firstAuthor),
    year,
  };
}

function scoreOf(
  titleSimilarity: number,
  textSimilarity: number,
  a: ComparedFields,
  b: ComparedFields,
): number {
  if (textSimilarity < sameText && !(a.isDistinctive && b.isDistinctive)) return 0;
  let score = titleSimilarity + closeTextWeight * Math.max(0, textSimilarity - closeText);
  if (a.author !== '' && b.author !== '' && a.author !== b.author) score -= authorPenalty;
  if (Math.abs(a.year - b.year) > maxYearsApart) score -= yearPenalty;
  if (a.numbers !== b.numbers) {
    if (a.numbers !== '' && b.numbers !== '') return 0;
    score -= numberPenalty;
  }
  return Math.max(0, Math.min(1, score));
}

function hasNeighbour({ indices, k }: NeighbourGraph, row: number, neighbour: number): boolean {
  for (let slot = row * k; slot < (row + 1) * k; slot++) if (indices[slot] === neighbour) return true;
  return false;
}
