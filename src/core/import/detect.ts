/*
 * How the format of a file is recognised. Containers (zip, gzip, mails; see containers/) are unpacked first. Of a text,
 * each entry of `kindsInOrder` is asked in turn whether the beginning fits it, and the first that does is the format.
 * File names and extensions are never used.
 *
 * How a format is added is in src/README.md, "Recipe: an import format".
 */
import { arxivAtom } from './formats/arxiv/arxiv-atom';
import { arxivMail } from './formats/arxiv/arxiv-mail';
import { arxivRss } from './formats/arxiv/arxiv-rss';
import { atlasJson } from './formats/json/atlas-json';
import { atlasList } from './formats/list/atlas-list';
import { atlasPage } from './formats/list/atlas-page';
import { bibtex } from './formats/bibliography/bibtex';
import { cslJson } from './formats/json/csl-json';
import { endnoteXml } from './formats/bibliography/endnote-xml';
import { feed } from './formats/feed/feed';
import { huggingFace } from './formats/json/hugging-face';
import { huggingFacePage } from './formats/json/hugging-face-page';
import { markdownList } from './formats/list/markdown-list';
import { nbib } from './formats/bibliography/nbib';
import { newsletter } from './formats/mail/newsletter';
import { openAlex } from './formats/json/openalex';
import { pubmedXml } from './formats/bibliography/pubmed-xml';
import { beginsOwnTable } from './formats/table/own-table';
import { ris } from './formats/bibliography/ris';
import { scholarAlert } from './formats/mail/scholar-alert';
import { semanticScholar } from './formats/json/semantic-scholar';
import { table } from './formats/table/table';
import { trendingPage } from './formats/list/trending-page';
import type { Format } from './import';
import { svg, unreadMarkup, type UnreadFormat } from './unread';

export type Detection =
  { kind: 'format'; format: Format } | { kind: 'unread'; name: string } | { kind: 'unknown' };

/** How many characters of a text are examined: enough for a long preamble, and fast for a file of any size. */
const beginningLength = 200_000;

/** Recognised only by the shape of their lines, which prose may have for a while. */
const unmarkedFormats: readonly Format[] = [table, markdownList, trendingPage];

/** From the most to the least specific: the first that fits is used. */
const kindsInOrder: readonly (Format | UnreadFormat)[] = [
  atlasPage,
  atlasList,
  openAlex,
  semanticScholar,
  huggingFace,
  cslJson,
  atlasJson,
  pubmedXml,
  endnoteXml,
  arxivAtom,
  arxivRss,
  feed,
  svg,
  huggingFacePage,
  scholarAlert,
  newsletter,
  ...unreadMarkup,
  ris,
  nbib,
  arxivMail,
  bibtex,
  ...unmarkedFormats,
];

export const formats: readonly Format[] = kindsInOrder.filter((candidate) => 'parse' in candidate);

/** The format of a text by its content, as file names may be wrong. */
export function detect(text: string): Detection {
  const beginning = text.slice(0, beginningLength);
  // Its cells may hold whole records of other formats, as notes do.
  const kind = beginsOwnTable(beginning)
    ? table
    : kindsInOrder.find((candidate) => candidate.fits(beginning));
  if (kind === undefined) return { kind: 'unknown' };
  if ('parse' in kind) return { kind: 'format', format: kind };
  return kind.isOfUnknownKind ? { kind: 'unknown' } : { kind: 'unread', name: kind.name };
}

/** Is the format recognised only by the shape of its lines? Then a better clue for another format takes precedence. */
export function isUnmarked(format: Format): boolean {
  return unmarkedFormats.includes(format);
}
