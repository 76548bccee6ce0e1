import { annotationOf } from '../annotation/take-out';
import { parseDate } from '../paper/date';
import { cleanText } from '../paper/text/clean';
import { safeUrl } from '../paper/text/links';
import type { AnnotationContent } from '../paper/paper';
import type { ExportedPaper } from './export';

/**
 * The paper as every format may rely on: texts are single lines of visible characters, dates are calendar dates, the
 * address is one to a web page, and there is no annotation unless it is asked for.
 */
export function preparedPaper(paper: ExportedPaper, withAnnotations: boolean): ExportedPaper {
  const { id, title, abstract, authors, ids, digests, place, signals } = paper;
  const url = webAddress(paper.url);
  const date = calendarDate(paper.date);
  const updated = calendarDate(paper.updated);
  const venue = cleanText(paper.venue ?? '');
  const categories = texts(paper.categories ?? []);
  const annotation =
    withAnnotations && paper.annotation !== undefined ? preparedAnnotation(paper.annotation) : undefined;
  const topic = cleanText(paper.topic ?? '');
  return {
    id,
    title: cleanText(title),
    abstract: cleanText(abstract),
    authors: texts(authors),
    ids,
    ...(paper.isExcerpt && { isExcerpt: true }),
    ...(url !== undefined && { url }),
    ...(date !== undefined && { date }),
    ...(updated !== undefined && { updated }),
    ...(venue !== '' && { venue }),
    ...(categories.length > 0 && { categories }),
    ...(signals !== undefined && { signals }),
    ...(annotation !== undefined && { annotation }),
    ...(digests !== undefined && { digests: texts(digests) }),
    ...(place !== undefined && { place }),
    ...(topic !== '' && { topic }),
  };
}

/** As it is stored, without what no text file may hold. */
function preparedAnnotation(annotation: AnnotationContent): AnnotationContent | undefined {
  const { isStarred = false, isRead = false, tags = [], note = '' } = annotation;
  const lines = note.replace(/\r\n?|[\u2028\u2029]/g, '\n').replace(/(?![\t\n])\p{Cc}|\p{Cs}/gu, '');
  return annotationOf({ isStarred, isRead, tags, note: lines });
}

function texts(all: readonly string[]): string[] {
  return all.map(cleanText).filter((text) => text !== '');
}

function calendarDate(date: string | undefined): string | undefined {
  return date === undefined ? undefined : (parseDate(date) ?? undefined);
}

function webAddress(url: string | undefined): string | undefined {
  const safe = url === undefined ? null : safeUrl(url);
  return safe !== null && /^https?:/i.test(safe) ? safe : undefined;
}
