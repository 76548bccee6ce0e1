import { keywordText } from '../../annotation/take-out';
import {
  annotationColumns,
  paperColumns,
  type AnnotationColumn,
  type PaperColumn,
} from '../../paper/take-out-columns';
import { byteOrderMark, csvRow } from '../csv-cells';
import type { ExportedPaper, Exporter } from '../export';
import { arxivNumber } from '../publication';

/** For spreadsheets and data frames. */
export const csv: Exporter = {
  id: 'csv',
  name: 'CSV',
  extension: 'csv',
  mediaType: 'text/csv',
  open: ({ withAnnotations }) => ({
    head:
      byteOrderMark + csvRow(withAnnotations ? [...paperColumns, ...annotationColumns] : [...paperColumns]),
    record: (paper) =>
      csvRow([
        ...paperColumns.map((column) => paperCells[column](paper)),
        ...(withAnnotations ? annotationColumns.map((column) => annotationCells[column](paper)) : []),
      ]),
  }),
};

type Cell = (paper: ExportedPaper) => string;

const paperCells: Record<PaperColumn, Cell> = {
  Title: ({ title }) => title,
  Authors: ({ authors }) => authors.join('; '),
  Date: ({ date = '' }) => date,
  Updated: ({ updated = '' }) => updated,
  Venue: ({ venue = '' }) => venue,
  Categories: ({ categories = [] }) => categories.map(keywordText).join('; '),
  // The name keeps spreadsheets from making 2606.00010 a number.
  arXiv: ({ ids }) => (ids.arxiv === undefined ? '' : `arXiv:${arxivNumber(ids) ?? ''}`),
  DOI: ({ ids }) => ids.doi ?? '',
  PMID: ({ ids }) => ids.pmid ?? '',
  OpenAlex: ({ ids }) => ids.openalex ?? '',
  'Semantic Scholar': ({ ids }) => ids.s2 ?? '',
  URL: ({ url = '' }) => url,
  Abstract: ({ abstract }) => abstract,
  Digests: ({ digests = [] }) => digests.join('; '),
};

const annotationCells: Record<AnnotationColumn, Cell> = {
  Starred: ({ annotation }) => (annotation?.isStarred ? 'yes' : ''),
  Read: ({ annotation }) => (annotation?.isRead ? 'yes' : ''),
  Tags: ({ annotation }) => (annotation?.tags ?? []).map((tag) => tag.replaceAll(',', ' ')).join(', '),
  Note: ({ annotation }) => annotation?.note ?? '',
};
