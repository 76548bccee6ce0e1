import { arxivAtom } from './formats/arxiv/arxiv-atom';
import { arxivMail } from './formats/arxiv/arxiv-mail';
import { arxivRss } from './formats/arxiv/arxiv-rss';
import { atlasJson } from './formats/json/atlas-json';
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
import { ris } from './formats/bibliography/ris';
import { scholarAlert } from './formats/mail/scholar-alert';
import { semanticScholar } from './formats/json/semantic-scholar';
import { table } from './formats/table/table';
import { trendingPage } from './formats/list/trending-page';
import type { Format } from './import';
import { svg, unreadMarkup, type UnreadFormat } from './unread';

export type Detection =
  { kind: 'format'; format: Format } | { kind: 'unread'; name: string } | { kind: 'unknown' };

/** How much of a file is looked at: enough for a long preamble, little enough for a file of any size. */
const beginningLength = 200_000;

/** Known by the shape of their lines alone, which prose may have for a while. */
const unmarkedFormats: readonly Format[] = [table, markdownList, trendingPage];

/** From the most to the least particular. What fits first is what the file is. */
const kindsInOrder: readonly (Format | UnreadFormat)[] = [
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

/** What a text is, by its content: names of files lie. */
export function detect(text: string): Detection {
  const beginning = text.slice(0, beginningLength);
  const found = kindsInOrder.find((candidate) => candidate.fits(beginning));
  if (found === undefined) return { kind: 'unknown' };
  if ('parse' in found) return { kind: 'format', format: found };
  return found.isOfUnknownKind ? { kind: 'unknown' } : { kind: 'unread', name: found.name };
}

/** Known by the shape of its lines alone: where a better sign points elsewhere, it is not believed. */
export function isUnmarked(format: Format): boolean {
  return unmarkedFormats.includes(format);
}
