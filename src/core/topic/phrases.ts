import { stemmer } from 'stemmer';
import { readableMath } from '../paper/text/math-text';
import { foldWord, WORDS } from '../search/index/terms';
import { STOP_WORDS } from '../vector/stop-words';

/** A run of one to three words that titles use, counted over papers. */
export interface Phrase {
  /** Stems of its words: what two spellings of one phrase share. */
  stems: readonly string[];
  /** As it is written most often. */
  text: string;
  /** Rows of the papers that have it, rising. */
  rows: Int32Array;
}

/** Words that can stand inside a phrase of titles and still say nothing alone: they name no topic by themselves. */
const VAGUE = new Set(
  `analysis application applications benchmark challenge challenges dataset datasets design efficient evaluation
  framework frameworks general high improve improved improving large learn learning local model modeling models
  multiple network networks new problem problems process simple single small study survey system systems task tasks
  technique techniques theory time toward unified understanding data algorithm algorithms performance better effective
  fast first following information introduce learned make open real set sets two type types world
  accurate achieve address aim aware case different end enable enabling exploring free good key level long low
  need one rethinking revisiting robust scalable scale space state step strong structure structured training use
  value variety way prediction predict output input domain label class various task-specific recent direct integrate`
    .split(/\s+/)
    .map((word) => stemmer(word)),
);

const longest = 3;
/** A single word of one title may be any verb. */
const leastTitles = 2;
/**
 * Of the times that a phrase is there, those at the end of a run: one that nearly always goes on is a part of others, or
 * an adjective (`social`, `minimally invasive`), and names nothing alone.
 */
const leastEnding = 0.2;
/** Adjectives that stand at ends, too: `is compatible with`. */
const ADJECTIVE = /^\p{Ll}{4,}[ai]ble$/u;
/** In abstracts: a word that is written with a capital less often is one at the head of a sentence. */
const proper = { share: 0.8, times: 3 };
const END = -1;

/**
 * The phrases of titles that at least `least` papers have in title or abstract, in no particular order. What titles call
 * things by are their names; the stock phrases of abstracts are not among them. A slice is some hundred papers.
 */
export function* phrasesInSlices(
  papers: readonly { title: string; abstract: string }[],
  least: number,
): Generator<void, Phrase[]> {
  const words = new Words();
  const texts: { title: Int32Array; abstract: Int32Array }[] = [];
  for (const [row, { title, abstract }] of papers.entries()) {
    texts.push({
      title: words.read(readableMath(title), 0),
      abstract: words.read(readableMath(abstract), 1),
    });
    if (row % 200 === 199) yield;
  }
  const lexicon = new Lexicon(words.stems.length);
  for (const [row, { title }] of texts.entries()) {
    eachRun(title, words.stemOf, (run) => lexicon.note(run, row));
  }
  yield;
  for (const [row, { title, abstract }] of texts.entries()) {
    for (const text of [title, abstract]) {
      eachRun(text, words.stemOf, (run, from) => lexicon.count(run, row, text, from));
    }
    if (row % 200 === 199) yield;
  }
  return lexicon.entries
    .filter(({ stems, rows, titles, times, ends }) => {
      const isNamed = stems.some((stem) => !VAGUE.has(words.stems[stem] ?? ''));
      const isOfTitles = titles >= (stems.length > 1 ? 1 : leastTitles);
      return isNamed && isOfTitles && rows.length >= least && ends >= leastEnding * times;
    })
    .map(({ stems, rows, written }) => ({
      stems: stems.map((stem) => words.stems[stem] ?? ''),
      text: mostOften(written, words),
      rows: Int32Array.from(rows),
    }))
    .filter(({ text }) => !ADJECTIVE.test(text));
}

/** Spellings that differ in capitals alone count as one. */
function mostOften(written: ReadonlyMap<string, number>, words: Words): string {
  const times = new Map<string, number>();
  for (const [key, some] of written) {
    const text = words.spell(key.split(' ').map(Number));
    times.set(text, (times.get(text) ?? 0) + some);
  }
  let [best, most] = ['', 0];
  for (const [text, some] of times) if (some > most) [best, most] = [text, some];
  return best;
}

/** Calls with each run of words between stops, as stems, and where it begins in the text. */
function eachRun(
  text: Int32Array,
  stemOf: readonly number[],
  take: (run: readonly number[], from: number) => void,
): void {
  let run: number[] = [];
  for (let at = 0; at <= text.length; at++) {
    const word = text[at] ?? END;
    if (word !== END) {
      run.push(stemOf[word] ?? 0);
    } else if (run.length > 0) {
      take(run, at - run.length);
      run = [];
    }
  }
}

/** Words as they are written, and their stems, by number. */
class Words {
  readonly stems: string[] = [];
  readonly stemOf: number[] = [];
  readonly #written: string[] = [];
  readonly #times: number[] = [];
  readonly #numberOf = new Map<string, number>();
  readonly #stemNumber = new Map<string, number>();

  /** Numbers of the words, END between those that do not belong together; each spelling counts so many times. */
  read(text: string, times: 0 | 1): Int32Array {
    const numbers: number[] = [];
    let end = 0;
    for (const match of text.matchAll(WORDS)) {
      if (/[^\s]/.test(text.slice(end, match.index))) numbers.push(END);
      numbers.push(this.#number(match[0], times));
      end = match.index + match[0].length;
    }
    return Int32Array.from(numbers);
  }

  #number(word: string, times: number): number {
    const known = this.#numberOf.get(word);
    if (known !== undefined) {
      if (known !== END) this.#times[known] = (this.#times[known] ?? 0) + times;
      return known;
    }
    const folded = foldWord(word).replace(/['’]s$/, '');
    const isStop = folded.length < 2 || STOP_WORDS.has(folded) || !/\p{L}/u.test(folded);
    const number = isStop ? END : this.#written.length;
    this.#numberOf.set(word, number);
    if (isStop) return END;
    const stem = folded
      .split(/[-\u2010\u2011]/)
      .map((part) => stemmer(part))
      .join('-');
    let stemNumber = this.#stemNumber.get(stem);
    if (stemNumber === undefined) {
      this.#stemNumber.set(stem, (stemNumber = this.stems.length));
      this.stems.push(stem);
    }
    this.stemOf.push(stemNumber);
    this.#written.push(word.replace(/['’]s$/, ''));
    this.#times.push(times);
    return number;
  }

  /** In small letters, but for names and abbreviations. */
  spell(numbers: readonly number[]): string {
    return numbers.map((number) => this.#spellWord(number)).join(' ');
  }

  #spellWord(number: number): string {
    const word = this.#written[number] ?? '';
    if (!/^\p{Lu}[^\p{Lu}]*$/u.test(word)) return word;
    const small = word.toLowerCase();
    const times = this.#times[number] ?? 0;
    const smallTimes = this.#times[this.#numberOf.get(small) ?? END] ?? 0;
    return times >= proper.times && times >= proper.share * (times + smallTimes) ? word : small;
  }
}

interface Entry {
  stems: readonly number[];
  rows: number[];
  /** Titles that have it, and the row of the last of them. */
  titles: number;
  lastTitle: number;
  /** Times that texts have it, and that it ends a run there. */
  times: number;
  ends: number;
  /** Times by the numbers of its words as written, joined by spaces. */
  written: Map<string, number>;
}

/** The runs of up to three stems that titles have. Keys are numbers: strings would take several times as long. */
class Lexicon {
  readonly entries: Entry[] = [];
  readonly #stemCount: number;
  readonly #numberOf = new Map<number, number>();

  constructor(stemCount: number) {
    this.#stemCount = stemCount;
  }

  note(run: readonly number[], row: number): void {
    for (let from = 0; from < run.length; from++) {
      let parent = 0;
      for (let length = 1; length <= longest && from + length <= run.length; length++) {
        const key = this.#key(parent, run[from + length - 1] ?? 0);
        let number = this.#numberOf.get(key);
        if (number === undefined) {
          number = this.entries.length;
          this.#numberOf.set(key, number);
          this.entries.push({
            stems: run.slice(from, from + length),
            rows: [],
            titles: 0,
            lastTitle: -1,
            times: 0,
            ends: 0,
            written: new Map(),
          });
        }
        const entry = this.entries[number];
        if (entry !== undefined && entry.lastTitle !== row) {
          entry.titles += 1;
          entry.lastTitle = row;
        }
        parent = number + 1;
      }
    }
  }

  count(run: readonly number[], row: number, text: Int32Array, at: number): void {
    for (let from = 0; from < run.length; from++) {
      let parent = 0;
      for (let length = 1; length <= longest && from + length <= run.length; length++) {
        const number = this.#numberOf.get(this.#key(parent, run[from + length - 1] ?? 0));
        if (number === undefined) break;
        const entry = this.entries[number];
        if (entry !== undefined) {
          entry.times += 1;
          if (from + length === run.length) entry.ends += 1;
          if (entry.rows.at(-1) !== row) entry.rows.push(row);
          const written = text.subarray(at + from, at + from + length).join(' ');
          entry.written.set(written, (entry.written.get(written) ?? 0) + 1);
        }
        parent = number + 1;
      }
    }
  }

  #key(parent: number, stem: number): number {
    return parent * this.#stemCount + stem;
  }
}
