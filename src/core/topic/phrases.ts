import { stemmer } from 'stemmer';
import { readableMath } from '../paper/text/math-text';
import { foldWord, wordPattern } from '../search/index/terms';
import { stopWords } from '../vector/stop-words';

/** A run of one to three words that occurs in titles, counted over papers. */
export interface Phrase {
  /** Stems of its words, the same for all spellings of the phrase. */
  stems: readonly string[];
  /** Its most frequent spelling. */
  text: string;
  /** Rows of the papers that contain it, ascending. */
  rows: Int32Array;
}

/** Words that may be part of a phrase but are too vague to name a topic alone. */
const vagueStems = new Set(
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

const maxWords = 3;
/** A single word in only one title may be any verb. */
const minTitles = 2;
/**
 * Least share of a phrase's occurrences that end a run: a phrase that is nearly always followed by another word is part
 * of longer ones, or an adjective (`social`, `minimally invasive`), and names nothing alone.
 */
const minEndShare = 0.2;
/** Adjectives that also end runs: `is compatible with`. */
const adjective = /^\p{Ll}{4,}[ai]ble$/u;
/** Counted in abstracts: a word capitalised less often than this is not a proper noun but begins a sentence. */
const properNoun = { share: 0.8, times: 3 };
const runEnd = -1;

/**
 * The phrases of titles that at least `minRows` papers have in title or abstract, in no particular order. Titles name
 * their subjects and lack the stock phrases of abstracts. Yields every 200 papers.
 */
export function* findPhrases(
  papers: readonly { title: string; abstract: string }[],
  minRows: number,
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
    eachRun(title, words.stemOf, (run) => lexicon.addTitleRun(run, row));
  }
  yield;
  for (const [row, { title, abstract }] of texts.entries()) {
    for (const text of [title, abstract]) {
      eachRun(text, words.stemOf, (run, from) => lexicon.countRun(run, row, text, from));
    }
    if (row % 200 === 199) yield;
  }
  return lexicon.entries
    .filter(({ stems, rows, titles, times, ends }) => {
      const isSpecific = stems.some((stem) => !vagueStems.has(words.stems[stem] ?? ''));
      const isInTitles = titles >= (stems.length > 1 ? 1 : minTitles);
      return isSpecific && isInTitles && rows.length >= minRows && ends >= minEndShare * times;
    })
    .map(({ stems, rows, written }) => ({
      stems: stems.map((stem) => words.stems[stem] ?? ''),
      text: mostFrequentSpelling(written, words),
      rows: Int32Array.from(rows),
    }))
    .filter(({ text }) => !adjective.test(text));
}

/** Spellings that differ only in capitals count as one. */
function mostFrequentSpelling(written: ReadonlyMap<string, number>, words: Words): string {
  const times = new Map<string, number>();
  for (const [key, some] of written) {
    const text = words.spell(key.split(' ').map(Number));
    times.set(text, (times.get(text) ?? 0) + some);
  }
  let [best, most] = ['', 0];
  for (const [text, some] of times) if (some > most) [best, most] = [text, some];
  return best;
}

/** Calls `take` with each run of words between boundaries, as stems, and its start in the text. */
function eachRun(
  text: Int32Array,
  stemOf: readonly number[],
  take: (run: readonly number[], from: number) => void,
): void {
  let run: number[] = [];
  for (let at = 0; at <= text.length; at++) {
    const word = text[at] ?? runEnd;
    if (word !== runEnd) {
      run.push(stemOf[word] ?? 0);
    } else if (run.length > 0) {
      take(run, at - run.length);
      run = [];
    }
  }
}

/** Written words and their stems, by number. */
class Words {
  readonly stems: string[] = [];
  readonly stemOf: number[] = [];
  readonly #written: string[] = [];
  readonly #times: number[] = [];
  readonly #numberOf = new Map<string, number>();
  readonly #stemNumber = new Map<string, number>();

  /** Numbers of the words, with `runEnd` at boundaries. `times` is added to the count of each spelling. */
  read(text: string, times: 0 | 1): Int32Array {
    const numbers: number[] = [];
    let end = 0;
    for (const match of text.matchAll(wordPattern)) {
      if (/[^\s]/.test(text.slice(end, match.index))) numbers.push(runEnd);
      numbers.push(this.#number(match[0], times));
      end = match.index + match[0].length;
    }
    return Int32Array.from(numbers);
  }

  #number(word: string, times: number): number {
    const known = this.#numberOf.get(word);
    if (known !== undefined) {
      if (known !== runEnd) this.#times[known] = (this.#times[known] ?? 0) + times;
      return known;
    }
    const folded = foldWord(word).replace(/['’]s$/, '');
    const isStop = folded.length < 2 || stopWords.has(folded) || !/\p{L}/u.test(folded);
    const number = isStop ? runEnd : this.#written.length;
    this.#numberOf.set(word, number);
    if (isStop) return runEnd;
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

  /** In lower case, except for proper nouns and abbreviations. */
  spell(numbers: readonly number[]): string {
    return numbers.map((number) => this.#spellWord(number)).join(' ');
  }

  #spellWord(number: number): string {
    const word = this.#written[number] ?? '';
    if (!/^\p{Lu}[^\p{Lu}]*$/u.test(word)) return word;
    const lower = word.toLowerCase();
    const times = this.#times[number] ?? 0;
    const lowerTimes = this.#times[this.#numberOf.get(lower) ?? runEnd] ?? 0;
    return times >= properNoun.times && times >= properNoun.share * (times + lowerTimes) ? word : lower;
  }
}

interface Entry {
  stems: readonly number[];
  rows: number[];
  /** Number of titles that contain it, and the row of the last of them. */
  titles: number;
  lastTitle: number;
  /** Number of occurrences, and of those that end a run. */
  times: number;
  ends: number;
  /** Number of occurrences by spelling (word numbers joined by spaces). */
  written: Map<string, number>;
}

/** The runs of up to three stems that occur in titles. Keys are numbers: strings would take several times as long. */
class Lexicon {
  readonly entries: Entry[] = [];
  readonly #stemCount: number;
  readonly #numberOf = new Map<number, number>();

  constructor(stemCount: number) {
    this.#stemCount = stemCount;
  }

  addTitleRun(run: readonly number[], row: number): void {
    for (let from = 0; from < run.length; from++) {
      let parent = 0;
      for (let length = 1; length <= maxWords && from + length <= run.length; length++) {
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

  countRun(run: readonly number[], row: number, text: Int32Array, at: number): void {
    for (let from = 0; from < run.length; from++) {
      let parent = 0;
      for (let length = 1; length <= maxWords && from + length <= run.length; length++) {
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
