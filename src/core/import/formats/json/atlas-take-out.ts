import { annotationOf } from '../../../annotation/take-out';
import type { AnnotationContent, PaperIds, ParsedPaper } from '../../../paper/paper';
import { Fields, isObject, kindOf, signalsOf } from './json-fields';
import { distinct, present } from '../paper-fields';
import { idsOfId, readIdFields } from './json-ids';
import { titledPaper } from './json-records';
import type { RecordReading } from '../records';

/**
 * Reads one record of our own export: its texts are plain already, and its field names are ours. Its other fields
 * (sightings, hashes) are computed again.
 */
export function readOwnRecord(value: unknown, position: number): RecordReading {
  if (!isObject(value) || Array.isArray(value)) {
    return { paper: null, problems: [`Expected a paper, got ${kindOf(value)}.`] };
  }
  const fields = new Fields(value);
  const announced = fields.text('announced');
  const paper: ParsedPaper = {
    title: fields.text('title') ?? '',
    abstract: fields.text('abstract') ?? '',
    ...present({ isExcerpt: fields.get('isExcerpt') === true ? (true as const) : undefined }),
    authors: readTexts(fields, 'authors'),
    ids: readOwnIds(fields),
    ...present({
      url: fields.link('url'),
      date: fields.date('date'),
      updated: fields.date('updated'),
      venue: fields.text('venue'),
      categories: distinct(readTexts(fields, 'categories')),
      signals: readOwnSignals(fields.inner('signals')),
      announced: announcementSections.find((section) => section === announced),
      annotation: readAnnotation(fields.inner('annotation')),
    }),
    position,
  };
  return titledPaper(paper, fields.problems);
}

function readAnnotation(fields: Fields): AnnotationContent | undefined {
  return annotationOf({
    isStarred: fields.get('isStarred') === true,
    isRead: fields.get('isRead') === true,
    tags: readTexts(fields, 'tags'),
    note: fields.text('note') ?? '',
  });
}

const announcementSections = ['new', 'cross', 'replace'] as const;

function readTexts(fields: Fields, name: string): string[] {
  const list = fields.list(name);
  const texts = list.filter((entry) => typeof entry === 'string');
  if (texts.length < list.length) fields.dropSome(name, 'not every entry is text');
  return texts;
}

function readOwnSignals(signals: Fields) {
  return signalsOf({
    upvotes: signals.count('upvotes'),
    comments: signals.count('comments'),
    stars: signals.count('stars'),
    citations: signals.count('citations'),
  });
}

/** Records from before papers had `ids` have their only one in `id`. */
function readOwnIds(fields: Fields): PaperIds {
  if (fields.get('ids') === undefined) return idsOfId(fields.get('id'));
  return readIdFields(fields.inner('ids'), ['arxiv', 'doi', 'pmid', 'openalex', 's2']);
}
