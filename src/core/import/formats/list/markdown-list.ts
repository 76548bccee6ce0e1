import type { ParsedPaper, PaperIds, Problem } from '../../../paper/paper';
import type { Format, ParsedDigest } from '../../import';
import { markdownBlocks, type MarkdownBlock } from './markdown-list-blocks';
import { readHead, type Head } from './markdown-list-head';
import { inlineText } from './markdown-list-inline';
import { readDetails } from './markdown-list-rest';
import { hasIds, idKey } from '../paper-link';
import { readTable, type RowReading } from './markdown-list-table';

/** Reading lists in Markdown: headings, bullets or tables with links. */
export const markdownList: Format = {
  id: 'markdown-list',
  name: 'Markdown reading list',
  fits: looksLikeMarkdown,
  parse: parseMarkdown,
};

const examinedBlocks = 400;
/** Typical ends and beginnings of lines of code. */
const codePattern =
  /[;{}]\s*$|^\s*(?:import|from|def|function|const|let|var|return|class|public|if|for|#include|#!)\b/;

/**
 * Headings, bullets and tables make up a good part of it, and some of them hold links. Without a link it must begin with
 * a heading, as comments in code and lists in logs look similar, but have neither.
 */
function looksLikeMarkdown(text: string): boolean {
  const beginning = text.slice(0, 200_000);
  if (/^\s*[<{[\\@]/.test(beginning) && !/^\s*\[[^\]]{1,500}\]\(/.test(beginning)) return false;
  const blocks = markdownBlocks(beginning).slice(0, examinedBlocks);
  const marked = blocks.filter(({ kind }) => kind !== 'text');
  if (marked.length === 0 || marked.length < 0.3 * blocks.length || isYaml(beginning)) return false;
  const hasEntry = marked.some((block) => block.text.includes('](') && readHead(block.text) !== null);
  if (hasEntry) return true;
  const isCode = blocks.filter(({ text: own }) => codePattern.test(own)).length > 0.2 * blocks.length;
  if (isCode) return false;
  if (blocks.some((block) => hasIds(readHead(block.text)?.ids ?? {}))) return true;
  return marked.length > 1 && blocks[0]?.kind === 'heading' && !isCommented(beginning);
}

/** Most bullets are keys of a record: `- title: …` and below it `  url: …`. */
function isYaml(text: string): boolean {
  const records = text.match(/^[ \t]*- [\w-]{1,40}: .*\n[ \t]+[\w-]{1,40}: /gm)?.length ?? 0;
  return records > 0 && records >= 0.5 * (text.match(/^[ \t]*[-*+] /gm)?.length ?? 0);
}

/** Are most `#` lines comments, directly above what they describe? Headings have a blank line after them. */
function isCommented(text: string): boolean {
  const headings = text.match(/^#{1,6} .*$/gm)?.length ?? 0;
  const above = text.match(/^#{1,6} .*\r?\n(?![#\s]|[-*+>|] |$)/gm)?.length ?? 0;
  return above > 0.5 * headings;
}

interface Section {
  title: string;
  /** Text between the heading and the first entry. */
  lead: string[];
  entries: number;
}

interface Entry {
  line: number;
  kind: 'heading' | 'bullet' | 'text' | 'row';
  indent: number;
  title: string;
  url: string;
  ids: PaperIds;
  rest: string[];
  section: Section | null;
  row: RowReading | null;
}

function parseMarkdown(text: string): ParsedDigest {
  const reader = new ListReader();
  reader.read(markdownBlocks(text));
  return reader.result();
}

class ListReader {
  readonly #entries: Entry[] = [];
  #current: Entry | null = null;
  #section: Section | null = null;
  #name = '';

  read(blocks: readonly MarkdownBlock[]): void {
    for (let index = 0; index < blocks.length; index++) {
      const block = blocks[index];
      if (block === undefined) break;
      if (block.kind === 'row') {
        let end = index + 1;
        while (blocks[end]?.kind === 'row' && blocks[end]?.line === block.line + end - index) end += 1;
        this.#readRows(blocks.slice(index, end));
        index = end - 1;
      } else if (block.kind === 'heading') {
        this.#readHeading(block);
      } else if (block.kind === 'bullet') {
        this.#readBullet(block);
      } else {
        this.#readText(block);
      }
    }
  }

  result(): ParsedDigest {
    const papers: ParsedPaper[] = [];
    const problems: Problem[] = [];
    const known = new Map<string, ParsedPaper>();
    for (const entry of this.#entries) {
      if (entry.url === '') continue;
      const paper = toPaper(entry, papers.length);
      const key = keyOf(paper);
      const before = known.get(key);
      if (before !== undefined) {
        mergeMention(before, paper);
        continue;
      }
      known.set(key, paper);
      if (paper.title === '') {
        problems.push({ where: `line ${entry.line}`, why: 'A link to a paper without a title beside it.' });
      }
      papers.push(paper);
    }
    if (papers.length === 0) {
      const why = 'No paper was found; looked for headings, bullets and tables with links in them.';
      problems.push({ where: 'file', why });
    }
    return { ...(this.#name === '' ? {} : { name: this.#name }), papers, problems };
  }

  #readHeading(block: MarkdownBlock): void {
    const head = readHead(block.text);
    if (head !== null && (head.isLeading || hasIds(head.ids)) && head.title !== '') {
      this.#begin(block, head, null);
      return;
    }
    const title = inlineText(block.text);
    if (this.#current !== null && /^(?:abstract|summary|tl;?dr):?$/i.test(title)) return;
    if (this.#name === '' && block.indent === 1 && this.#entries.length === 0) this.#name = title;
    this.#section = { title, lead: [], entries: 0 };
    this.#current = null;
  }

  #readBullet(block: MarkdownBlock): void {
    const head = readHead(block.text);
    const parent = this.#current;
    const isBelow =
      parent !== null && (parent.kind === 'bullet' ? block.indent > parent.indent : parent.kind !== 'row');
    if (isBelow && !namesAnother(parent, head)) {
      this.#continue(parent, head, block.text);
    } else if (head !== null && (head.isLeading || hasIds(head.ids))) {
      this.#begin(block, head, this.#section);
    } else {
      // Its link may be in a line below it.
      const title = inlineText(block.text);
      this.#begin(block, { title, url: '', ids: {}, rest: '', isLeading: false }, null);
    }
  }

  #readText(block: MarkdownBlock): void {
    const head = readHead(block.text);
    const isOwn = head !== null && hasIds(head.ids) && head.isLeading;
    let parent = this.#current;
    if (parent?.kind === 'row' || (parent?.kind === 'bullet' && block.indent <= parent.indent)) parent = null;
    if (parent !== null && !(isOwn && namesAnother(parent, head))) this.#continue(parent, head, block.text);
    else if (isOwn) this.#begin(block, head, this.#section);
    else {
      this.#current = null;
      this.#section?.lead.push(block.text);
    }
  }

  #readRows(rows: readonly MarkdownBlock[]): void {
    for (const row of readTable(rows)) {
      const line = rows[0]?.line ?? 0;
      this.#begin({ kind: 'row', line, indent: 0, text: '' }, row.head, null);
      if (this.#current !== null) this.#current.row = row;
    }
    this.#current = null;
  }

  #begin({ line, kind, indent }: MarkdownBlock, head: Head, section: Section | null): void {
    const { title, url, ids, rest } = head;
    if (section !== null) section.entries += 1;
    this.#current = { line, kind, indent, title, url, ids, rest: [rest], section, row: null };
    this.#entries.push(this.#current);
  }

  /** Reads a block below an entry: its text, or its link. */
  #continue(entry: Entry, head: Head | null, text: string): void {
    if (head !== null && hasIds(head.ids) && !hasIds(entry.ids)) {
      entry.ids = head.ids;
      if (entry.url === '') entry.url = head.url;
      if (head.isLeading) {
        entry.rest.push(head.rest);
        return;
      }
    }
    entry.rest.push(text);
  }
}

/** Does the block name another paper than the entry, by a title that is a link, or by a different id? */
function namesAnother(entry: Entry, head: Head | null): boolean {
  if (head === null || !hasIds(head.ids) || idKey(head.ids) === idKey(entry.ids)) return false;
  return hasIds(entry.ids) || (head.title !== '' && head.isLeading);
}

function toPaper(entry: Entry, position: number): ParsedPaper {
  const { title, ids, url, section, row } = entry;
  const isOnly = section?.entries === 1 && title === '';
  const details = row ?? readDetails(isOnly ? [...section.lead, ...entry.rest] : entry.rest);
  const paper: ParsedPaper = {
    title: title === '' && isOnly ? section.title : title,
    abstract: details.abstract,
    authors: details.authors,
    ids,
    url,
    position,
  };
  // Lists describe papers in their own words, or quote only a part of the abstract.
  if (paper.abstract !== '') paper.isExcerpt = true;
  if (details.date !== undefined) paper.date = details.date;
  if (details.venue !== undefined) paper.venue = details.venue;
  if (row?.categories !== undefined) paper.categories = row.categories;
  return paper;
}

function keyOf({ ids, url, title }: ParsedPaper): string {
  return idKey(ids) ?? `${url ?? ''} ${title}`;
}

/** Merges a second mention of a paper into the first: the longer abstract, and what was missing. */
function mergeMention(known: ParsedPaper, mention: ParsedPaper): void {
  if (known.title === '') known.title = mention.title;
  if (mention.abstract.length > known.abstract.length) {
    known.abstract = mention.abstract;
    known.isExcerpt = true;
  }
  if (known.authors.length === 0) known.authors = mention.authors;
}
