import type { Document } from 'domhandler';
import type { PaperIds, ParsedPaper, Problem } from '../../../paper/paper';
import { splitNames } from '../../text/names';
import { isNameList } from '../name-list';
import { isFooter, isWeakTitle, withoutButtons } from './newsletter-words';
import { idKey, webTarget } from '../paper-link';
import { pageBlocks, type PageBlock } from './page-blocks';

/** A heading that has no link to a paper of its own. */
interface Heading {
  text: string;
  /** Items below it without a title of their own; more than one when it is the heading of a section. */
  users: number;
}

interface Item {
  ids: PaperIds;
  url: string;
  title: string;
  heading: Heading | null;
  /** The text just before its link, used when there is no heading. */
  before: string;
  /** The text after each mention of the paper. */
  passages: string[][];
}

interface PaperLink {
  key: string;
  ids: PaperIds;
  url: string;
  text: string;
  start: number;
  end: number;
}

const minTitleLength = 8;
const maxTitleLength = 300;

/** A link to a paper begins an item; the text up to the next such link belongs to the item. */
export function readItems(document: Document): { papers: ParsedPaper[]; problems: Problem[] } {
  const reader = new ItemReader();
  for (const block of pageBlocks(document)) reader.read(block);
  const papers: ParsedPaper[] = [];
  const problems: Problem[] = [];
  for (const item of reader.items) {
    const paper = toPaper(item, papers.length);
    if (paper.title === '') {
      problems.push({
        where: `paper ${papers.length + 1}`,
        why: `No title was found by its link, ${item.url}.`,
      });
    }
    papers.push(paper);
  }
  return { papers, problems };
}

class ItemReader {
  readonly #items = new Map<string, Item>();
  #current: Item | null = null;
  #heading: Heading | null = null;
  /** The text of the previous block, which may be a title. */
  #previous = '';

  get items(): Iterable<Item> {
    return this.#items.values();
  }

  read(block: PageBlock): void {
    const links = paperLinks(block);
    if (links.length > 0) this.#readLinks(block, links);
    else if (block.heading > 0) this.#readHeading(block.text);
    else if (isFooter(block.text)) this.#current = null;
    else this.#readText(block.text);
  }

  #readHeading(text: string): void {
    if (/^(?:abstract|summary|tl;?dr):?$/i.test(text)) return;
    this.#heading = { text: folded(text), users: 0 };
    this.#current = null;
    this.#previous = '';
  }

  #readText(text: string): void {
    const own = withoutButtons(text);
    if (own === '') return;
    this.#current?.passages.at(-1)?.push(own);
    this.#previous = own;
  }

  #readLinks(block: PageBlock, links: readonly PaperLink[]): void {
    let at = 0;
    for (const link of links) {
      const before = withoutButtons(block.text.slice(at, link.start));
      const isTitled = !isWeakTitle(link.text);
      if (this.#current !== null && this.#items.get(link.key) === this.#current) {
        this.#continue(this.#current, link, before, isTitled);
      } else {
        // Text before a link belongs to the previous item if that is in the same block.
        if (at > 0 && isTitled) this.#current?.passages.at(-1)?.push(before);
        this.#begin(link, isTitled, block.heading > 0 ? headingText(block, links) : before);
      }
      at = link.end;
    }
    const rest = withoutButtons(block.text.slice(at));
    if (block.heading > 0) this.#heading = null;
    else if (rest !== '') this.#current?.passages.at(-1)?.push(rest);
    this.#previous = '';
  }

  /** Reads another link to the current paper. */
  #continue(item: Item, link: PaperLink, before: string, isTitled: boolean): void {
    const passage = item.passages.at(-1);
    if (isTitled && item.title === '') {
      item.title = folded(link.text);
      passage?.splice(0);
      return;
    }
    passage?.push(before);
    if (isTitled && folded(link.text) !== item.title) passage?.push(link.text);
  }

  #begin(link: PaperLink, isTitled: boolean, before: string): void {
    const known = this.#items.get(link.key);
    const item: Item = known ?? {
      ids: link.ids,
      url: link.url,
      title: '',
      heading: null,
      before: '',
      passages: [],
    };
    this.#items.set(link.key, item);
    item.passages.push([]);
    if (isTitled && item.title === '') item.title = folded(link.text);
    if (this.#heading !== null && known === undefined) {
      if (!isTitled) this.#heading.users += 1;
      else if (this.#heading.users === 0) this.#heading.users = 2;
    }
    if (!isTitled && known === undefined) {
      item.before = this.#titleBefore(before);
      item.heading = this.#heading;
    }
    this.#current = item;
  }

  /** The text before the link in its block, or else the previous block, which is then removed from the previous item. */
  #titleBefore(before: string): string {
    if (couldBeTitle(before)) return before;
    if (!couldBeTitle(this.#previous)) return '';
    const passage = this.#current?.passages.at(-1);
    if (passage?.at(-1) === this.#previous) passage.pop();
    return this.#previous;
  }
}

function couldBeTitle(text: string): boolean {
  return (
    text.length >= minTitleLength &&
    text.length <= maxTitleLength &&
    /\S\s+\S/.test(text) &&
    !isNameList(text)
  );
}

/** A heading with a link such as "[PDF]" in it. */
function headingText(block: PageBlock, links: readonly PaperLink[]): string {
  let at = 0;
  const parts: string[] = [];
  for (const link of links) {
    parts.push(block.text.slice(at, link.start));
    at = link.end;
  }
  return withoutButtons([...parts, block.text.slice(at)].join(' '));
}

function paperLinks(block: PageBlock): PaperLink[] {
  return block.links.flatMap(({ href, start, end }) => {
    const target = webTarget(href);
    const key = target === null ? undefined : idKey(target.ids);
    if (target === null || key === undefined) return [];
    return [{ key, ...target, text: block.text.slice(start, end), start, end }];
  });
}

function toPaper(item: Item, position: number): ParsedPaper {
  // A heading above several papers is the heading of a section.
  const heading = item.heading?.users === 1 ? item.heading.text : '';
  const title = item.title || heading || item.before;
  const passages = item.passages.map((passage) => readPassage(passage));
  const longest = passages.reduce((a, b) => (b.abstract.length > a.abstract.length ? b : a), {
    abstract: '',
    authors: [] as string[],
  });
  const authors = passages.find((passage) => passage.authors.length > 0)?.authors ?? [];
  const paper: ParsedPaper = {
    title,
    abstract: longest.abstract,
    authors,
    ids: item.ids,
    url: item.url,
    position,
  };
  // Where it begins and ends, and whether it is the authors' own text, is guessed.
  if (paper.abstract !== '') paper.isExcerpt = true;
  return paper;
}

function readPassage(parts: readonly string[]): { abstract: string; authors: string[] } {
  const lines = parts
    .flatMap((part) => part.split('\n'))
    .map((line) => line.replace(/^[\s\-–—:|·•,.;)\]]+/, '').trim())
    .filter((line) => line !== '');
  const [first = ''] = lines;
  const labelled = /^(?:authors?|by):? +(?=\p{Lu})/iu.exec(first);
  const names = first.slice(labelled?.[0].length ?? 0);
  const isNames = first.length <= 5_000 && (labelled !== null ? !/[.!?]$/.test(names) : isNameList(first));
  return {
    authors: isNames ? splitNames(names, names.includes(';') ? 'semicolon' : 'comma') : [],
    abstract: lines
      .slice(isNames ? 1 : 0)
      .join('\n')
      .replace(/^(?:abstract|summary|tl;?dr)\s*[:.\-–—]\s*/i, ''),
  };
}

function folded(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
