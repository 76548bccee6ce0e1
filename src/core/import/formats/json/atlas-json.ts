import type { Format, ParsedDigest } from '../../import';
import { hasName, outlineJson, type JsonOutline } from '../../json-outline';
import { readRecord } from './atlas-record';
import { readOwnRecord } from './atlas-take-out';
import { Fields, present } from './json-fields';
import { readJsonFile, recordsOf, takeRecords } from './json-records';

/** The version of our own files that this app writes; it reads this and older ones. */
export const ATLAS_VERSION = 1;

/** Lists in which records of papers stand, in files of many makers. */
const LISTS = ['papers', 'results', 'items', 'data', 'records', 'entries', 'articles', 'digest_df'];

const PATHS = ['', ...LISTS.flatMap((list) => [`${list}/`, `data/${list}/`])];
const MARKS = ['title', 'Title', 'abstract', 'Abstract'];

/** A file that is cut off before it has named anything, and is longer, is of some other kind. */
const CUT_MAX = 10_000;

/**
 * Our own take-out, `{format: "digest-atlas", version, papers}`, and the plain shapes of papers as records: a list, an
 * object that holds one, one record, or one record a line.
 */
export const atlasJson: Format = {
  id: 'atlas-json',
  name: 'JSON list of papers',
  fits: looksLikeRecords,
  parse: parseRecords,
};

/**
 * JSON is ours by its names, as nearly everything is written in it. What ends too early, goes too deep or holds
 * nothing fits too: no one else would say so.
 */
function looksLikeRecords(text: string): boolean {
  const outline = outlineJson(text);
  if (outline === null) return false;
  if (hasName(outline, PATHS, MARKS) || outline.names.get('format') === 'digest-atlas') return true;
  if (outline.end === 'cut') return text.length < CUT_MAX;
  return outline.end === 'deep' || (outline.end === 'whole' && (outline.isEmpty || hasEmptyList(outline)));
}

/** As of a search that found nothing. */
function hasEmptyList({ names }: JsonOutline): boolean {
  const paths = [...names.keys()];
  return LISTS.some((list) => names.has(list) && !paths.some((path) => path.startsWith(`${list}/`)));
}

function parseRecords(text: string): ParsedDigest {
  const file = readJsonFile(text, LISTS);
  const root = new Fields(file.root);
  if (root.get('format') === 'digest-atlas') return parseTakeOut(root);
  // A record may have lists of its own.
  if (typeof root.get('abstract') === 'string') return takeRecords(recordsOf([file.root]), readRecord);
  const holder = new Fields(file.holder);
  const [name, date] = [
    firstText(holder, ['name', 'title']),
    firstText(holder, ['date', 'current_digest_date']),
  ];
  return { ...takeRecords(file, readRecord), ...present({ name, date }) };
}

function parseTakeOut(root: Fields): ParsedDigest {
  const refusal = refuseVersion(root.get('version'));
  if (refusal !== null) return { papers: [], problems: [{ where: 'file', why: refusal }] };
  const papers = root.get('papers');
  if (!Array.isArray(papers)) {
    return { papers: [], problems: [{ where: 'papers', why: 'Expected a list of papers.' }] };
  }
  const [name, date] = [firstText(root, ['name']), firstText(root, ['date'])];
  return { ...takeRecords(recordsOf(papers), readOwnRecord), ...present({ name, date }) };
}

function refuseVersion(version: unknown): string | null {
  if (!Number.isSafeInteger(version) || Number(version) < 1)
    return 'The version of the file is missing or not a number.';
  if (Number(version) <= ATLAS_VERSION) return null;
  return `Written by a newer Digest Atlas: version ${Number(version)}, this one reads up to ${ATLAS_VERSION}.`;
}

function firstText(fields: Fields, names: readonly string[]): string | undefined {
  return names.map((name) => fields.get(name)).find((value) => typeof value === 'string');
}
