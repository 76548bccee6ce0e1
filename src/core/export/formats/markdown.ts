import { keywordText } from '../../annotation/take-out';
import { markdownText } from '../../paper/text/markdown-text';
import { readingListMark } from '../../paper/take-out-list';
import type { ExportedPaper, Exporter } from '../export';
import { idLinks } from '../publication';

/**
 * A reading list for notes and repositories: a heading with the title, labelled lines, the abstract, and the note as a
 * quotation. Our importer reads the labels back (core/import/formats/list/atlas-list.ts).
 */
export const markdown: Exporter = {
  id: 'markdown',
  name: 'Markdown',
  extension: 'md',
  mediaType: 'text/markdown',
  open: ({ title }) => ({
    head: `${readingListMark}\n\n# ${markdownText(title)}\n`,
    record: entry,
  }),
};

function entry(paper: ExportedPaper): string {
  const { title, authors, abstract, date, updated, venue, categories = [], digests = [], url } = paper;
  const { isStarred, isRead, tags = [], note } = paper.annotation ?? {};
  const links = idLinks(paper.ids).map(({ label, href }) => `[${markdownText(label)}](<${href}>)`);
  const lines: [label: string, value: string | undefined][] = [
    ['Authors', markdownText(authors.join('; '))],
    ['Venue', venue === undefined ? undefined : markdownText(venue)],
    ['Date', date],
    ['Updated', updated],
    ['Ids', links.join(' · ')],
    ['Link', url === undefined ? undefined : `<${url.replace(/[<>]/g, encodeURIComponent)}>`],
    ['Categories', markdownText(categories.map(keywordText).join('; '))],
    ['Digests', markdownText(digests.join('; '))],
    ['Starred', isStarred ? 'yes' : undefined],
    ['Read', isRead ? 'yes' : undefined],
    ['Tags', markdownText(tags.map((tag) => tag.replaceAll(',', ' ')).join(', '))],
  ];
  const labelled = lines.flatMap(([label, value]) =>
    value === undefined || value === '' ? [] : [`- ${label}: ${value}`],
  );
  const blocks = [
    `## ${markdownText(title)}`,
    labelled.join('\n'),
    markdownText(abstract),
    note === undefined ? '' : quotation(note),
  ];
  return `\n${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** A line of it for each line of the note. A backslash at the end of a line keeps the break. */
function quotation(note: string): string {
  const lines = note.split(/\r\n?|\n/);
  return lines
    .map((line, index) => {
      if (line.trim() === '') return '>';
      const isBroken = (lines[index + 1] ?? '').trim() !== '';
      return `> ${markdownText(line)}${isBroken ? '\\' : ''}`;
    })
    .join('\n');
}
