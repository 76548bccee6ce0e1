import { linesOf } from '../../text/lines';

export type Section = 'new' | 'cross' | 'replace';

/** One record of a listing. Its fields are raw lines, not parsed yet. */
export interface ListingRecord {
  /** 1-based line of its id. */
  line: number;
  /** As written after "arXiv:". */
  id: string;
  /** The section of the listing that it is in, according to the rules between sections. */
  section: Section;
  isCrossListing: boolean;
  /** The lines of each field, by lower-case key. */
  fields: Map<string, string[]>;
  /** The rest of the line "replaced with revised version", which holds the date; null when there is no such line. */
  replaced: string | null;
  /** Lines as written: two leading spaces begin a paragraph. */
  abstract: string[];
  link?: string;
  /** The text ended within this field, or within the abstract. */
  cutIn?: string;
}

export interface Listing {
  /** The lines before the first record. */
  preamble: string[];
  records: ListingRecord[];
}

const openingPattern = /^\\\\\s*$/;
/** `\\ ( https://arxiv.org/abs/2611.00010 ,  1200kb)` */
const closingPattern = /^\\\\(?:\s+\(|\(\s*http)/i;
const linkPattern = /https?:\/\/[^\s,()]+/i;
const dashesPattern = /^-{40,}\s*$/;
const idPattern = /^(?:arXiv:\s*|Paper(\s*\(\*cross-listing\*\))?:\s*)(\S+)(\s*\(\*cross-listing\*\))?\s*$/i;
const fieldPattern =
  /^(Date|From|Title|Authors?|Categories|Subj-class|Comments?|Report-no|Journal-ref|DOI|MSC-class|ACM-class|Proxy|License)\s*:(.*)$/i;
const replacedPattern = /^(?:replaced with revised version|(?:figures|part) added)\b(.*)$/i;
const quotedOpeningPattern = /^((?:[>|] ?)*)\\\\\s*$/;

/** Another mail begins in the same file. */
const subjectPattern = /^Subject:/i;

/** Rules that begin a section. The last one ends the listing, and another listing may follow. */
const sectionRulePatterns: readonly [RegExp, Section][] = [
  [/^%-%-%-/, 'cross'],
  [/^%%--%%--/, 'replace'],
  [/^%%%---/, 'new'],
];

/**
 * Finds the records by their first lines, so that missing rules lose nothing: a record begins with `\\` and its id, and
 * ends with `\\ (link)`, a rule, or the next record.
 */
export function readListing(text: string): Listing {
  const lines = linesOf(text);
  const reader = new ListingReader(quoteDepth(lines));
  for (const line of lines) reader.take(line.number, line.text);
  return reader.end();
}

/** How many ">" a forwarding mail program put before each line. */
function quoteDepth(lines: readonly { text: string }[]): number {
  for (const { text } of lines) {
    const quotes = quotedOpeningPattern.exec(text)?.[1];
    if (quotes !== undefined) return quotes.replace(/ /g, '').length;
  }
  return 0;
}

class ListingReader {
  readonly #preamble: string[] = [];
  readonly #records: ListingRecord[] = [];
  readonly #quoteDepth: number;
  #section: Section = 'new';
  #record: ListingRecord | null = null;
  #isInAbstract = false;
  #key = '';
  /** The last line that is not blank lets a record begin: abstracts may hold a line that is an id. */
  #canBegin = true;

  constructor(quoteDepth: number) {
    this.#quoteDepth = quoteDepth;
  }

  take(number: number, quoted: string): void {
    const text = this.#unquote(quoted);
    if (this.#begins(number, text)) return;
    const isBlank = text.trim() === '';
    const isRule = this.#takeRule(text);
    if (!isBlank) this.#canBegin = isRule || openingPattern.test(text);
    if (this.#record === null && subjectPattern.test(text)) this.#section = 'new';
    if (isRule) this.#record = null;
    else if (this.#record !== null) this.#takeInRecord(this.#record, text);
    else if (this.#records.length === 0) this.#preamble.push(text);
  }

  end(): Listing {
    if (this.#record !== null) this.#record.cutIn = this.#isInAbstract ? 'abstract' : this.#key;
    return { preamble: this.#preamble, records: this.#records };
  }

  #unquote(line: string): string {
    let from = 0;
    for (let depth = 0; depth < this.#quoteDepth; depth++) {
      if (line[from] !== '>' && line[from] !== '|') break;
      from += line[from + 1] === ' ' ? 2 : 1;
    }
    return from === 0 ? line : line.slice(from);
  }

  #begins(number: number, text: string): boolean {
    const match = this.#canBegin ? idPattern.exec(text) : null;
    if (match === null) return false;
    this.#record = {
      line: number,
      id: match[2] ?? '',
      section: this.#section,
      isCrossListing: match[1] !== undefined || match[3] !== undefined,
      fields: new Map(),
      replaced: null,
      abstract: [],
    };
    this.#records.push(this.#record);
    this.#isInAbstract = false;
    this.#key = '';
    this.#canBegin = false;
    return true;
  }

  #takeRule(text: string): boolean {
    const section = sectionRulePatterns.find(([rule]) => rule.test(text))?.[1];
    if (section !== undefined) this.#section = section;
    return section !== undefined || dashesPattern.test(text);
  }

  #takeInRecord(record: ListingRecord, text: string): void {
    if (closingPattern.test(text)) {
      const link = linkPattern.exec(text)?.[0];
      if (link !== undefined) record.link = link;
      this.#record = null;
    } else if (openingPattern.test(text)) {
      this.#isInAbstract = true;
    } else if (this.#isInAbstract) {
      record.abstract.push(text);
    } else {
      this.#takeField(record, text);
    }
  }

  /** A key begins a line; any other line continues the field before it, indented or not. */
  #takeField(record: ListingRecord, text: string): void {
    const replaced = replacedPattern.exec(text);
    const field = fieldPattern.exec(text);
    if (replaced !== null) {
      record.replaced = (replaced[1] ?? '').trim();
      this.#key = '';
    } else if (field !== null) {
      this.#key = (field[1] ?? '').toLowerCase();
      record.fields.set(this.#key, [(field[2] ?? '').trim()]);
    } else if (this.#key !== '' && text.trim() !== '') {
      record.fields.get(this.#key)?.push(text.trim());
    }
  }
}
