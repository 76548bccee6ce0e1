import { byteOrderMark, csvText } from '../csv-cells';
import type { Exporter } from '../export';

/** Where each paper is on the map, in the map's units. Papers that are not on it are left out. */
export const mapCsv: Exporter = {
  id: 'map-csv',
  name: 'Map (CSV)',
  extension: 'csv',
  mediaType: 'text/csv',
  open: () => ({
    head: `${byteOrderMark}id,title,x,y,topic\r\n`,
    record: ({ id, title, place, topic = '' }) => {
      if (place === undefined) return '';
      // Numbers are no formulas, even below zero.
      return `${csvText(id)},${csvText(title)},${place.x},${place.y},${csvText(topic)}\r\n`;
    },
  }),
};
