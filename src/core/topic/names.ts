import { foldText } from '../paper/text/clean';
import type { Phrase } from './phrases';

/** What a topic is called, and what else its papers share. */
export interface TopicName {
  name: string;
  words: string[];
}

/** How telling a phrase is of a topic. */
interface Telling {
  phrase: Phrase;
  /** Rows of the topic that have it. */
  rows: readonly number[];
  score: number;
}

/** Papers' worth of the library's own rates that a rate is held to: without it a phrase of two papers would win. */
const priorPapers = 10;
/** A phrase of several words is more of a name than a word is. */
const lengthBonus = [0, 1, 1.7, 1.8];
/** Of a phrase's papers in the topic; a longer one that has so many says the same, and better. */
const fragmentShare = 0.8;
/** Of the first phrase's score; a second phrase below it would not be worth its room. */
const secondShare = 0.4;
/** Next to a topic lie its rivals, from which its name must tell it. */
const rivalCount = 3;
const wordCount = 6;

/**
 * Names topics by the phrases that tell them from all others and from the topics beside them. The measure is the
 * log-odds ratio with an informative prior, in standard errors (Monroe, Colaresi & Quinn 2008), so that a rare accident
 * does not win; it is weighed by the phrase's rate here against that among the nearest rivals. `topicOf` is by row,
 * −1 for none; `ties[a][b]` says how close topics are. Names are unique, also as
 * they are sought: without accents and in small letters.
 */
export function nameTopics(
  phrases: readonly Phrase[],
  topicOf: ArrayLike<number>,
  ties: readonly (readonly number[])[],
): TopicName[] {
  const sizes = ties.map(() => 0);
  for (let row = 0; row < topicOf.length; row++) {
    const topic = topicOf[row] ?? -1;
    if (topic >= 0) sizes[topic] = (sizes[topic] ?? 0) + 1;
  }
  const counted = phrases.map((phrase) => ({ phrase, counts: countByTopic(phrase, topicOf, sizes.length) }));
  const taken = new Set<string>();
  return sizes.map((size, topic) => {
    const rivals = nearestRivals(ties[topic] ?? [], topic);
    const telling: Telling[] = [];
    for (const { phrase, counts } of counted) {
      const score = scoreOf(phrase, counts, topic, size, sizes, rivals, topicOf.length);
      if (score <= 0) continue;
      telling.push({ phrase, score, rows: [...phrase.rows].filter((row) => topicOf[row] === topic) });
    }
    telling.sort((a, b) => b.score - a.score || (a.phrase.text < b.phrase.text ? -1 : 1));
    const chosen = chooseWords(withoutFragments(telling.slice(0, 80)));
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

function nearestRivals(ties: readonly number[], topic: number): number[] {
  return ties
    .map((tie, other) => ({ tie, other }))
    .filter(({ tie, other }) => other !== topic && tie > 0)
    .sort((a, b) => b.tie - a.tie || a.other - b.other)
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
  const errors = Math.sqrt(1 / (here + prior) + 1 / (elsewhere + prior));
  const inErrors = (logOdds(here, size) - logOdds(elsewhere, papers - size)) / errors;
  const rate = here / size;
  const rivalPapers = rivals.reduce((sum, rival) => sum + (sizes[rival] ?? 0), 0);
  const rivalCounts = rivals.reduce((sum, rival) => sum + (counts[rival] ?? 0), 0);
  const rivalRate = rivalPapers > 0 ? rivalCounts / rivalPapers : 0;
  return ((inErrors * rate) / (rate + rivalRate)) * (lengthBonus[stems.length] ?? 1);
}

/** Without what is but a part of a longer phrase: `deep reinforcement` beside `deep reinforcement learning`. */
function withoutFragments(telling: readonly Telling[]): Telling[] {
  return telling.filter(
    ({ phrase, rows }) =>
      !telling.some(
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

/** The first of them, and then those that say something else, of papers that those before do not speak of. */
function chooseWords(telling: readonly Telling[]): Telling[] {
  const chosen: Telling[] = [];
  const covered = new Set<number>();
  const left = new Set(telling);
  while (chosen.length < 2 + wordCount) {
    let best: Telling | null = null;
    let bestScore = 0;
    for (const each of left) {
      if (chosen.some((other) => saysTheSame(each.phrase, other.phrase))) {
        left.delete(each);
        continue;
      }
      const fresh = each.rows.reduce((sum, row) => sum + (covered.has(row) ? 0 : 1), 0) / each.rows.length;
      const score = each.score * (0.4 + 0.6 * fresh);
      if (score > bestScore) [best, bestScore] = [each, score];
    }
    if (best === null) break;
    chosen.push({ ...best, score: bestScore });
    left.delete(best);
    for (const row of best.rows) covered.add(row);
  }
  return chosen;
}

/** They share a word, or one is the other's initials. */
function saysTheSame(a: Phrase, b: Phrase): boolean {
  const partsOf = ({ stems }: Phrase) => stems.flatMap((stem) => stem.split('-'));
  const parts = new Set(partsOf(a));
  return partsOf(b).some((part) => parts.has(part)) || isShortFor(a, b) || isShortFor(b, a);
}

function isShortFor({ text }: Phrase, { stems }: Phrase): boolean {
  const letters = /^(\p{Lu}{2,})s?$/u.exec(text)?.[1];
  if (letters === undefined) return false;
  const initials = stems
    .flatMap((stem) => stem.split('-'))
    .map((part) => part.charAt(0))
    .join('');
  return letters.toLowerCase().endsWith(initials) || initials.startsWith(letters.toLowerCase());
}

function uniqueName(chosen: readonly Telling[], taken: Set<string>, topic: number): TopicName {
  const [first, second] = chosen;
  if (first === undefined) return { name: taking(taken, `Topic ${topic + 1}`), words: [] };
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
  for (let number = 2; taken.has(foldText(name)); number++) name = `${nameOf(parts)} ${number}`;
  return {
    name: taking(taken, name),
    words: chosen.slice(parts, parts + wordCount).map(({ phrase }) => phrase.text),
  };
}

function taking(taken: Set<string>, name: string): string {
  taken.add(foldText(name));
  return name;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
