import { foldText } from '../paper/text/clean';
import type { Phrase } from './phrases';

/** The name of a topic, and other phrases that its papers share. */
export interface TopicName {
  name: string;
  words: string[];
}

/** A phrase that may name a topic. */
interface Candidate {
  phrase: Phrase;
  /** Rows of the topic that have it. */
  rows: readonly number[];
  /** How strongly it distinguishes the topic, see nameTopics. */
  score: number;
}

/** Weight of the prior (the rate in the whole library), in papers: without it a phrase of two papers would win. */
const priorPapers = 10;
/** Factor by number of words: a phrase of several words is a better name than a single word. */
const lengthBonus = [0, 1, 1.7, 1.8];
/** Share of a phrase's papers in the topic from which a longer phrase containing it replaces it. */
const fragmentShare = 0.8;
/** Share of the first phrase's score from which a second phrase is worth the space in the name. */
const secondShare = 0.4;
/** Closest topics, from which a name must distinguish its topic. */
const rivalCount = 3;
const wordCount = 6;

/**
 * Names topics by the phrases that distinguish them from all others and from the closest topics. The score is the
 * log-odds ratio with an informative prior, in standard errors (Monroe, Colaresi & Quinn 2008), so that a rare coincidence
 * does not win, weighted by the phrase's rate in the topic relative to that in the closest rivals. `topicOf` is by row,
 * −1 for none; `affinity[a][b]` is the closeness of two topics. Names are unique, even without accents and in lower case.
 */
export function nameTopics(
  phrases: readonly Phrase[],
  topicOf: ArrayLike<number>,
  affinity: readonly (readonly number[])[],
): TopicName[] {
  const sizes = affinity.map(() => 0);
  for (let row = 0; row < topicOf.length; row++) {
    const topic = topicOf[row] ?? -1;
    if (topic >= 0) sizes[topic] = (sizes[topic] ?? 0) + 1;
  }
  const counted = phrases.map((phrase) => ({ phrase, counts: countByTopic(phrase, topicOf, sizes.length) }));
  const taken = new Set<string>();
  return sizes.map((size, topic) => {
    const rivals = nearestRivals(affinity[topic] ?? [], topic);
    const candidates: Candidate[] = [];
    for (const { phrase, counts } of counted) {
      const score = scoreOf(phrase, counts, topic, size, sizes, rivals, topicOf.length);
      if (score <= 0) continue;
      candidates.push({ phrase, score, rows: [...phrase.rows].filter((row) => topicOf[row] === topic) });
    }
    candidates.sort((a, b) => b.score - a.score || (a.phrase.text < b.phrase.text ? -1 : 1));
    const chosen = chooseDistinct(withoutFragments(candidates.slice(0, 80)));
    return uniqueName(chosen, taken, topic);
  });
}

function countByTopic({ rows }: Phrase, topicOf: ArrayLike<number>, topics: number): Int32Array {
  const counts = new Int32Array(topics);
  for (const row of rows) {
    const topic = topicOf[row] ?? -1;
    if (topic >= 0) counts[topic] = (counts[topic] ?? 0) + 1;
  }
  return counts;
}

function nearestRivals(affinity: readonly number[], topic: number): number[] {
  return affinity
    .map((value, other) => ({ value, other }))
    .filter(({ value, other }) => other !== topic && value > 0)
    .sort((a, b) => b.value - a.value || a.other - b.other)
    .slice(0, rivalCount)
    .map(({ other }) => other);
}

function scoreOf(
  { rows, stems }: Phrase,
  counts: Int32Array,
  topic: number,
  size: number,
  sizes: readonly number[],
  rivals: readonly number[],
  papers: number,
): number {
  const here = counts[topic] ?? 0;
  if (here < 2) return 0;
  const prior = (priorPapers * rows.length) / papers;
  const logOdds = (count: number, of: number) =>
    Math.log((count + prior) / Math.max(0.5, of - count + priorPapers - prior));
  const elsewhere = rows.length - here;
  const standardError = Math.sqrt(1 / (here + prior) + 1 / (elsewhere + prior));
  const zScore = (logOdds(here, size) - logOdds(elsewhere, papers - size)) / standardError;
  const rate = here / size;
  const rivalPapers = rivals.reduce((sum, rival) => sum + (sizes[rival] ?? 0), 0);
  const rivalCounts = rivals.reduce((sum, rival) => sum + (counts[rival] ?? 0), 0);
  const rivalRate = rivalPapers > 0 ? rivalCounts / rivalPapers : 0;
  return ((zScore * rate) / (rate + rivalRate)) * (lengthBonus[stems.length] ?? 1);
}

/** Without phrases that are only part of a longer one: `deep reinforcement` of `deep reinforcement learning`. */
function withoutFragments(candidates: readonly Candidate[]): Candidate[] {
  return candidates.filter(
    ({ phrase, rows }) =>
      !candidates.some(
        (longer) =>
          longer.phrase.stems.length > phrase.stems.length &&
          longer.rows.length >= fragmentShare * rows.length &&
          isWithin(phrase.stems, longer.phrase.stems),
      ),
  );
}

function isWithin(part: readonly string[], whole: readonly string[]): boolean {
  return ` ${whole.join(' ')} `.includes(` ${part.join(' ')} `);
}

/** The best phrase, then others that are not redundant, preferring those of papers not covered so far. */
function chooseDistinct(candidates: readonly Candidate[]): Candidate[] {
  const chosen: Candidate[] = [];
  const covered = new Set<number>();
  const remaining = new Set(candidates);
  while (chosen.length < 2 + wordCount) {
    let best: Candidate | null = null;
    let bestScore = 0;
    for (const each of remaining) {
      if (chosen.some((other) => areRedundant(each.phrase, other.phrase))) {
        remaining.delete(each);
        continue;
      }
      const newShare = each.rows.reduce((sum, row) => sum + (covered.has(row) ? 0 : 1), 0) / each.rows.length;
      const score = each.score * (0.4 + 0.6 * newShare);
      if (score > bestScore) [best, bestScore] = [each, score];
    }
    if (best === null) break;
    chosen.push({ ...best, score: bestScore });
    remaining.delete(best);
    for (const row of best.rows) covered.add(row);
  }
  return chosen;
}

/** Whether they share a word, or one abbreviates the other. */
function areRedundant(a: Phrase, b: Phrase): boolean {
  const partsOf = ({ stems }: Phrase) => stems.flatMap((stem) => stem.split('-'));
  const parts = new Set(partsOf(a));
  return partsOf(b).some((part) => parts.has(part)) || isAbbreviationOf(a, b) || isAbbreviationOf(b, a);
}

function isAbbreviationOf({ text }: Phrase, { stems }: Phrase): boolean {
  const abbreviation = /^(\p{Lu}{2,})s?$/u.exec(text)?.[1];
  if (abbreviation === undefined) return false;
  const initials = stems
    .flatMap((stem) => stem.split('-'))
    .map((part) => part.charAt(0))
    .join('');
  return abbreviation.toLowerCase().endsWith(initials) || initials.startsWith(abbreviation.toLowerCase());
}

function uniqueName(chosen: readonly Candidate[], taken: Set<string>, topic: number): TopicName {
  const [first, second] = chosen;
  if (first === undefined) return { name: claim(taken, `Topic ${topic + 1}`), words: [] };
  let parts = second !== undefined && second.score >= secondShare * first.score ? 2 : 1;
  const nameOf = (count: number) =>
    capitalised(
      chosen
        .slice(0, count)
        .map(({ phrase }) => phrase.text)
        .join(', '),
    );
  while (taken.has(foldText(nameOf(parts))) && parts < chosen.length) parts += 1;
  let name = nameOf(parts);
  for (let suffix = 2; taken.has(foldText(name)); suffix++) name = `${nameOf(parts)} ${suffix}`;
  return {
    name: claim(taken, name),
    words: chosen.slice(parts, parts + wordCount).map(({ phrase }) => phrase.text),
  };
}

function claim(taken: Set<string>, name: string): string {
  taken.add(foldText(name));
  return name;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
