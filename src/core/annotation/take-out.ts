/*
 * How what the reader wrote travels in files of references, so that other programs show it and a later import brings it
 * back. The words and the mark are the same in all formats:
 *
 * |             | BibTeX, BibLaTeX      | RIS                   | CSL-JSON                | CSV              | JSON Lines  |
 * | ----------- | --------------------- | --------------------- | ----------------------- | ---------------- | ----------- |
 * | star        | `keywords`: starred   | `KW`: starred         | `keyword`: starred      | Starred: yes     | annotation  |
 * | read mark   | `keywords`: read      | `KW`: read            | `keyword`: read         | Read: yes        | annotation  |
 * | tags        | `keywords`, the last  | `KW`, the last        | `keyword`, the last     | Tags             | annotation  |
 * | note        | `annote`              | `N1`                  | `note`                  | Note             | annotation  |
 * | which words | `digestatlas`         | `U1`                  | `custom`.digestatlas    |                  |             |
 *
 * "Which words" is one text, `starred read: first tag, second tag`: without it no program could tell the reader's words
 * from those of the paper, and a keyword `read` of a foreign file must not mark anything as read. Web pages and Markdown
 * lists mark each part by an attribute or a label of its own (see core/export).
 */
import type { AnnotationContent } from '../paper/paper';
import { isEmpty } from './annotation';
import { joinTags } from './tags';

/** Names the program in files that have a field for it. Their texts are plain, whatever such files usually hold. */
export const exportSource = 'Digest Atlas';

export const starredWord = 'starred';
export const readWord = 'read';

/** A keyword as it is written. Semicolons separate keywords in most formats, and no reader of them has an escape. */
export function keywordText(keyword: string): string {
  return keyword.replaceAll(';', ',');
}

/** Commas separate tags here, as where the reader types them. */
function tagText(tag: string): string {
  return tag.replaceAll(',', ' ');
}

/** The reader's words on a paper, in the order of "which words". */
export function annotationWords({ isStarred, isRead, tags = [] }: AnnotationContent): string[] {
  return [...(isStarred ? [starredWord] : []), ...(isRead ? [readWord] : []), ...tags];
}

/** Which words are the reader's; '' when there are none. */
export function writtenMarks({ isStarred, isRead, tags = [] }: AnnotationContent): string {
  const words = annotationWords({ ...(isStarred && { isStarred }), ...(isRead && { isRead }) }).join(' ');
  return tags.length === 0 ? words : `${words}: ${tags.map(tagText).join(', ')}`;
}

/** The annotation in "which words" and a note; undefined when both are blank. */
export function readMarks(marks: string, note: string): AnnotationContent | undefined {
  const colon = marks.indexOf(':');
  const words = (colon === -1 ? marks : marks.slice(0, colon)).trim().split(/\s+/);
  return annotationOf({
    isStarred: words.includes(starredWord),
    isRead: words.includes(readWord),
    tags: colon === -1 ? [] : marks.slice(colon + 1).split(','),
    note,
  });
}

interface ReadAnnotation {
  isStarred: boolean;
  isRead: boolean;
  tags: readonly string[];
  note: string;
}

/** What was read, in the form in which it is stored; undefined when it is empty. */
export function annotationOf(read: ReadAnnotation): AnnotationContent | undefined {
  const tags = joinTags(read.tags, []);
  const note = read.note.replace(/\r\n?/g, '\n');
  const annotation: AnnotationContent = {
    ...(read.isRead && { isRead: true }),
    ...(read.isStarred && { isStarred: true }),
    ...(tags.length > 0 && { tags }),
    ...(note.trim() !== '' && { note }),
  };
  return isEmpty(annotation) ? undefined : annotation;
}

/** The keywords of the paper: all but the reader's own, which are the last ones, if one is twice in the list. */
export function withoutAnnotation(
  keywords: readonly string[],
  annotation: AnnotationContent | undefined,
): string[] {
  if (annotation === undefined) return [...keywords];
  const left = [...keywords];
  for (const word of annotationWords(annotation)) {
    const at = left.findLastIndex((keyword) => tagText(keywordText(keyword)) === tagText(keywordText(word)));
    if (at !== -1) left.splice(at, 1);
  }
  return left;
}
