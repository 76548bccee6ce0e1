/*
 * All formats of exported files, in the order in which they are offered. To add one:
 * 1. Write one file under formats/ that exports an `Exporter` (see export.ts).
 * 2. Add it to the list below.
 * 3. Add fixtures/<id>/reeds.<extension>, what it must write for fixtures/reeds.ts, and let the tests read it back: with our
 *    importer in round-trip.test.ts, and with a reader that is not ours in formats/<id>.test.ts.
 */
import type { Exporter } from './export';
import { biblatex } from './formats/biblatex';
import { bibtex } from './formats/bibtex';
import { cslJson } from './formats/csl-json';
import { csv } from './formats/csv';
import { jsonLines } from './formats/json-lines';
import { mapCsv } from './formats/map-csv';
import { markdown } from './formats/markdown';
import { ris } from './formats/ris';
import { webPage } from './formats/web-page';

export const exporters: readonly Exporter[] = [
  bibtex,
  biblatex,
  ris,
  cslJson,
  csv,
  markdown,
  jsonLines,
  webPage,
  mapCsv,
];
