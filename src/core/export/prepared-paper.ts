import { parseDate } from '../paper/date';
import { cleanText } from '../paper/text/clean';
import { safeUrl } from '../paper/text/links';
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
    ...(withAnnotations && paper.annotation !== undefined && { annotation: paper.annotation }),
    ...(digests !== undefined && { digests: texts(digests) }),
    ...(place !== undefined && { place }),
    ...(topic !== '' && { topic }),
  };
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
