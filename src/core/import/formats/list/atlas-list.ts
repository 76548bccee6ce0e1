import { annotationOf } from '../../../annotation/take-out';
import { parseDate } from '../../../paper/date';
import { joinIds, readIds } from '../../../paper/ids';
import { readingListMark } from '../../../paper/take-out-list';
import { plainMarkdown } from '../../../paper/text/markdown-text';
import type { PaperIds, ParsedPaper } from '../../../paper/paper';
import type { Format, ParsedDigest } from '../../import';
import { linesOf } from '../../text/lines';
import { distinct, present } from '../paper-fields';
import { webTarget } from '../paper-link';
import { readRecords } from '../records';

/** The Markdown reading list that this app exports (core/export/formats/markdown.ts), which says what each line is. */
export const atlasList: Format = {
  id: 'atlas-list',
  name: 'Markdown list of Digest Atlas',
  fits: (beginning) => beginning.trimStart().startsWith(readingListMark),
  parse: parseList,
};

/** A single backslash at its end is a line break, not text. */
function quotedLine(line: string): string {
  const backslashes = /\\*$/.exec(line)?.[0].length ?? 0;
  return plainMarkdown((backslashes % 2 === 0 ? line : line.slice(0, -1)).replace(/^> ?/, ''));
}

interface Section {
  /** 1-based line of its heading. */
  line: number;
  title: string;
  labels: Map<string, string>;
  abstract: string[];
  note: string[];
}

function parseList(text: string): ParsedDigest {
  const sections: Section[] = [];
  let name = '';
  for (const { number, text: line } of linesOf(text)) {
    const current = sections.at(-1);
    const [, label = '', value = ''] = /^- ([A-Z][a-z]+): (.*)$/.exec(line) ?? [];
    if (line.startsWith('## ')) {
      const title = plainMarkdown(line.slice(3).trim());
      sections.push({ line: number, title, labels: new Map(), abstract: [], note: [] });
    } else if (current === undefined) {
      if (line.startsWith('# ')) name = plainMarkdown(line.slice(2).trim());
    } else if (label !== '') current.labels.set(label, value.trim());
    else if (line.startsWith('>')) current.note.push(quotedLine(line));
    else if (line.trim() !== '') current.abstract.push(plainMarkdown(line.trim()));
  }
  const digest = readRecords(sections, (section, position) => {
    const paper = readSection(section, position);
    const where = `line ${section.line}`;
    if (paper.title !== '' || paper.abstract !== '') return { where, paper, problems: [] };
    return { where, paper: null, problems: ['Neither a title nor an abstract.'] };
  });
  if (sections.length === 0) {
    digest.problems.push({
      where: 'file',
      why: 'No paper was found; looked for headings of the second level.',
    });
  }
  return { ...digest, ...present({ name }) };
}

function readSection({ title, labels, abstract, note }: Section, position: number): ParsedPaper {
  const label = (name: string): string => labels.get(name) ?? '';
  const texts = (name: string): string[] =>
    plainMarkdown(label(name))
      .split(';')
      .map((text) => text.trim())
      .filter((text) => text !== '');
  return {
    title,
    abstract: abstract.join(' '),
    authors: texts('Authors'),
    ids: readLinks(label('Ids')),
    ...present({
      url: webTarget(label('Link').replace(/^<|>$/g, ''))?.url,
      date: parseDate(label('Date')) ?? undefined,
      updated: parseDate(label('Updated')) ?? undefined,
      venue: plainMarkdown(label('Venue')),
      categories: distinct(texts('Categories')),
      annotation: annotationOf({
        isStarred: label('Starred') !== '',
        isRead: label('Read') !== '',
        tags: plainMarkdown(label('Tags')).split(','),
        note: note.join('\n'),
      }),
    }),
    position,
  };
}

/** `[label](<address>)`: most labels are the id itself, of the others the address has it. */
function readLinks(line: string): PaperIds {
  const links = [...line.matchAll(/\[((?:[^\\\]]|\\.)*)\]\(<([^<>]*)>\)/g)];
  const found = links.flatMap(([, label = '', href = '']) => [readIds(plainMarkdown(label)), readIds(href)]);
  return joinIds(...found);
}
