import type { Exporter } from '../export';

/** For programs: one record a line, with the field names of this app. */
export const jsonLines: Exporter = {
  id: 'json-lines',
  name: 'JSON Lines',
  extension: 'jsonl',
  mediaType: 'application/jsonl',
  open: () => ({
    record: ({ id, title, abstract, authors, ids, date, updated, venue, categories, url, ...rest }) => {
      const { signals, isExcerpt, annotation, digests, topic } = rest;
      return `${JSON.stringify({
        ...{ id, title, abstract, authors, ids, date, updated, venue, categories, url, signals, isExcerpt },
        ...{ annotation, digests, topic, format: 'digest-atlas' },
      })}\n`;
    },
  }),
};
