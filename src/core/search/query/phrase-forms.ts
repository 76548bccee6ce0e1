import type { TermPlace } from './query-words';
import { eachTerm, HYPHENS, isUnspaced, plainTerm, WORDS } from '../index/terms';

/** What an index can say of its texts. */
export interface Written {
  hasTerm(term: string): boolean;
  /** Whether the places stand so in any text. */
  holds(places: readonly TermPlace[]): boolean;
}

/** One way in which a text may write some words of a phrase. */
interface Form {
  places: readonly TermPlace[];
  /** How many positions it takes. */
  length: number;
  /** How many words of the phrase it stands for. */
  words: number;
}

/** Of a long title, in which many words can be parted: those that are written most as it is typed. */
const mostForms = 100;
/** So many words of a phrase may be one in a text: `Text2Image` of `text 2 image`. */
const mostJoined = 3;
/** Words of such length are parted into so many: `LoRA`, `3D|Mol|T|5`. */
const parted = { least: 4, most: 24, parts: 4 };

/**
 * The ways in which a text may write a phrase, as it is typed first. A compound takes as many positions as it has parts
 * (see eachTerm), so `imagenet classification` is also looked for as `ImageNet classification` has it, and `pre-training`
 * or `pre training` as `pretraining`. `last` may let more terms stand at the last place.
 */
export function phraseForms(
  text: string,
  written: Written,
  last = (place: TermPlace): TermPlace => place,
): TermPlace[][] {
  const words = text.match(WORDS) ?? [];
  const ways = words.map((_, from) => [...formsAt(words, from, written, last)]);
  const forms: TermPlace[][] = [];
  /** With so many words in another way than they are typed. */
  const writeFrom = (from: number, offset: number, before: readonly TermPlace[], others: number) => {
    if (forms.length >= mostForms) return;
    if (from >= words.length) {
      if (others === 0) forms.push([...before]);
      return;
    }
    for (const [at, { places, length, words: count }] of (ways[from] ?? []).entries()) {
      const left = others - Math.min(at, 1);
      if (left < 0) return;
      const moved = places.map((place) => ({ ...place, offset: place.offset + offset }));
      writeFrom(from + count, offset + length, [...before, ...moved], left);
    }
  };
  for (let others = 0, had = -1; had < forms.length && forms.length < mostForms; others++) {
    had = forms.length;
    writeFrom(0, 0, [], others);
  }
  return forms;
}

function* formsAt(
  words: readonly string[],
  from: number,
  written: Written,
  last: (place: TermPlace) => TermPlace,
): Generator<Form> {
  const word = words[from] ?? '';
  const typed = asTyped(word);
  const isLast = from === words.length - 1;
  const end = typed.places.at(-1);
  if (isLast && end !== undefined) yield { ...typed, places: [...typed.places.slice(0, -1), last(end)] };
  else yield typed;
  if (isUnspaced(word)) return;
  // what stands alone is found as a whole wherever it stands
  if (words.length > 1) yield* partedForms(word.replaceAll(HYPHENS, ''), 1, written);
  const [whole] = typed.places[0]?.terms ?? [];
  if (typed.length > 1 && whole !== undefined) yield wholeForm(whole, 1);
  for (let count = 2; count <= mostJoined && from + count <= words.length; count++) {
    const joined = words.slice(from, from + count);
    if (joined.some(isUnspaced)) return;
    const letters = joined.join('').replaceAll(HYPHENS, '');
    const term = plainTerm(letters);
    if (term === null || !written.hasTerm(term)) continue;
    yield wholeForm(term, count);
    yield* partedForms(letters, count, written);
  }
}

function asTyped(word: string): Form {
  const places = new Map<number, string[]>();
  const length = eachTerm(word, (term, offset) => {
    const terms = places.get(offset);
    if (terms === undefined) places.set(offset, [term]);
    else terms.push(term);
  });
  return { places: [...places].map(([offset, terms]) => ({ offset, terms })), length, words: 1 };
}

function wholeForm(term: string, words: number): Form {
  return { places: [{ offset: 0, terms: [term] }], length: 1, words };
}

/** As compounds that a text has: the whole and the first part stand at one place there. */
function* partedForms(letters: string, words: number, written: Written): Generator<Form> {
  if (letters.length < parted.least || letters.length > parted.most) return;
  const whole = plainTerm(letters);
  if (whole === null || !written.hasTerm(whole)) return;
  for (const parts of partings(letters, parted.parts, written)) {
    const telling = parts.flatMap((term, offset) =>
      term === null || (offset === 0 && term === whole) ? [] : [{ offset, terms: [term] }],
    );
    const places = [{ offset: 0, terms: [whole] }, ...telling];
    if (telling.length > 0 && written.holds(places)) yield { places, length: parts.length, words };
  }
}

/** Into parts that texts have, null for one that says nothing: `Out|Rank`. */
function* partings(letters: string, most: number, written: Written): Generator<(string | null)[]> {
  for (let to = most > 1 ? 1 : letters.length; to <= letters.length; to++) {
    const first = plainTerm(letters.slice(0, to));
    if (first !== null && !written.hasTerm(first)) continue;
    if (to === letters.length) yield [first];
    else for (const others of partings(letters.slice(to), most - 1, written)) yield [first, ...others];
  }
}
