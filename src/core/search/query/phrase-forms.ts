import type { TermPosition } from './query-words';
import { eachTerm, hyphens, isUnspaced, wordPattern, wordTerm } from '../index/terms';

/** What the search for spellings asks of an index. */
export interface IndexLookup {
  hasTerm(term: string): boolean;
  /** Whether any paper has all positions at their distances within one field. */
  holdsPhrase(positions: readonly TermPosition[]): boolean;
}

/** One way in which a text may write some successive words of a phrase. */
interface Spelling {
  positions: readonly TermPosition[];
  /** How many positions it takes. */
  length: number;
  /** How many words of the phrase it replaces. */
  words: number;
}

/** For a long title with many compounds: the forms with the fewest changed words are tried. */
const maxForms = 100;
/** How many words of a phrase may be one word in a text: `Text2Image` for `text 2 image`. */
const maxJoinedWords = 3;
/** Which words are split into compounds, and into how many parts: `LoRA`, `3D|Mol|T|5`. */
const compounds = { minLetters: 4, maxLetters: 24, maxParts: 4 };

/**
 * The ways in which a text may write a phrase, first as typed, then with one word spelled otherwise, then two, and so on.
 * A compound takes as many positions as it has parts (see eachTerm), so `imagenet classification` is also looked for as
 * `ImageNet classification`, and `pre-training` or `pre training` as `pretraining`. `completeLast` may add terms at the
 * last position.
 */
export function phraseForms(
  text: string,
  index: IndexLookup,
  completeLast = (position: TermPosition): TermPosition => position,
): TermPosition[][] {
  const words = text.match(wordPattern) ?? [];
  const spellings = words.map((_, from) => [...spellingsAt(words, from, index, completeLast)]);
  const forms: TermPosition[][] = [];
  for (let changes = 0; ; changes++) {
    const before = forms.length;
    for (const chosen of combinations(spellings, 0, changes)) {
      if (forms.length === maxForms) return forms;
      forms.push(joinSpellings(chosen));
    }
    if (forms.length === before) return forms;
  }
}

/**
 * Spellings for all words from `from` on, of which exactly `changes` are not as typed. The first of each word is as
 * typed.
 */
function* combinations(
  spellings: readonly (readonly Spelling[])[],
  from: number,
  changes: number,
): Generator<Spelling[]> {
  if (from >= spellings.length) {
    if (changes === 0) yield [];
    return;
  }
  for (const [at, spelling] of (spellings[from] ?? []).entries()) {
    const left = at === 0 ? changes : changes - 1;
    if (left < 0) return;
    for (const others of combinations(spellings, from + spelling.words, left)) yield [spelling, ...others];
  }
}

function joinSpellings(spellings: readonly Spelling[]): TermPosition[] {
  const joined: TermPosition[] = [];
  let start = 0;
  for (const { positions, length } of spellings) {
    for (const position of positions) joined.push({ ...position, offset: start + position.offset });
    start += length;
  }
  return joined;
}

function* spellingsAt(
  words: readonly string[],
  from: number,
  index: IndexLookup,
  completeLast: (position: TermPosition) => TermPosition,
): Generator<Spelling> {
  const word = words[from] ?? '';
  const typed = asTyped(word);
  const isLast = from === words.length - 1;
  const end = typed.positions.at(-1);
  if (isLast && end !== undefined)
    yield { ...typed, positions: [...typed.positions.slice(0, -1), completeLast(end)] };
  else yield typed;
  if (isUnspaced(word)) return;
  // a single word needs no split: the whole compound is a term wherever it occurs
  if (words.length > 1) yield* decompounded(word.replaceAll(hyphens, ''), 1, index);
  const [whole] = typed.positions[0]?.terms ?? [];
  if (typed.length > 1 && whole !== undefined) yield oneTerm(whole, 1);
  for (let count = 2; count <= maxJoinedWords && from + count <= words.length; count++) {
    const joined = words.slice(from, from + count);
    if (joined.some(isUnspaced)) return;
    const letters = joined.join('').replaceAll(hyphens, '');
    const term = wordTerm(letters);
    if (term === null || !index.hasTerm(term)) continue;
    yield oneTerm(term, count);
    yield* decompounded(letters, count, index);
  }
}

function asTyped(word: string): Spelling {
  const termsAt = new Map<number, string[]>();
  const length = eachTerm(word, (term, offset) => {
    const terms = termsAt.get(offset);
    if (terms === undefined) termsAt.set(offset, [term]);
    else terms.push(term);
  });
  return { positions: [...termsAt].map(([offset, terms]) => ({ offset, terms })), length, words: 1 };
}

function oneTerm(term: string, words: number): Spelling {
  return { positions: [{ offset: 0, terms: [term] }], length: 1, words };
}

/** The letters as compounds that a text contains. The whole and the first part of a compound share a position. */
function* decompounded(letters: string, words: number, index: IndexLookup): Generator<Spelling> {
  if (letters.length < compounds.minLetters || letters.length > compounds.maxLetters) return;
  const whole = wordTerm(letters);
  if (whole === null || !index.hasTerm(whole)) return;
  for (const parts of splits(letters, compounds.maxParts, index)) {
    const partPositions = parts.flatMap((term, offset) =>
      term === null || (offset === 0 && term === whole) ? [] : [{ offset, terms: [term] }],
    );
    const positions = [{ offset: 0, terms: [whole] }, ...partPositions];
    if (partPositions.length > 0 && index.holdsPhrase(positions))
      yield { positions, length: parts.length, words };
  }
}

/** All splits into at most `maxParts` parts that are terms of the index, or null for a function word: `Out|Rank`. */
function* splits(letters: string, maxParts: number, index: IndexLookup): Generator<(string | null)[]> {
  for (let to = maxParts > 1 ? 1 : letters.length; to <= letters.length; to++) {
    const first = wordTerm(letters.slice(0, to));
    if (first !== null && !index.hasTerm(first)) continue;
    if (to === letters.length) yield [first];
    else for (const others of splits(letters.slice(to), maxParts - 1, index)) yield [first, ...others];
  }
}
