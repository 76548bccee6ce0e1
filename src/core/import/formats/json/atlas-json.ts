import type { Format, ParsedDigest } from '../../import';
import { hasName, outlineJson, type JsonOutline } from '../../json-outline';
import { readRecord } from './atlas-record';
import { readOwnRecord } from './atlas-take-out';
import { Fields } from './json-fields';
import { present } from '../paper-fields';
import { readJsonFile, recordsOf, readJsonRecords } from './json-records';
import type { RecordReading } from '../records';

/** The version of our own files that this app writes. It reads this one and older ones. */
export const atlasVersion = 1;

/** Names of the list of papers, in files from many sources. */
const listNames = ['papers', 'results', 'items', 'data', 'records', 'entries', 'articles', 'digest_df'];

const recordPaths = ['', ...listNames.flatMap((list) => [`${list}/`, `data/${list}/`])];
const markNames = ['title', 'Title', 'abstract', 'Abstract'];

/** A longer file that is cut off before any of the names occurs is of another kind. */
const maxCutLength = 10_000;

/**
 * Our own export, `{format: "digest-atlas", version, papers}`, and papers as plain records: a list, an object that
 * holds one, a single record, or one record per line.
 */
export const atlasJson: Format = {
  id: 'atlas-json',
  name: 'JSON list of papers',
  fits: looksLikeRecords,
  parse: parseRecords,
};

/**
 * JSON of papers is recognised by its names. JSON that ends too early, is nested too deep or is empty fits too, so that
 * some format reports it.
 */
function looksLikeRecords(text: string): boolean {
  const outline = outlineJson(text);
  if (outline === null) return false;
  if (hasName(outline, recordPaths, markNames) || outline.names.get('format') === 'digest-atlas') return true;
  if (outline.end === 'cut') return text.length < maxCutLength;
  return outline.end === 'deep' || (outline.end === 'whole' && (outline.isEmpty || hasEmptyList(outline)));
}

/** As the answer to a search without results has. */
function hasEmptyList({ names }: JsonOutline): boolean {
  const paths = [...names.keys()];
  return listNames.some((list) => names.has(list) && !paths.some((path) => path.startsWith(`${list}/`)));
}

function parseRecords(text: string): ParsedDigest {
  const file = readJsonFile(text, listNames);
  const root = new Fields(file.root);
  // A line of our JSON Lines has a title, the whole take-out has papers.
  const isTakeOut = root.get('format') === 'digest-atlas' && root.get('title') === undefined;
  if (isTakeOut) return parseOwnExport(root);
  // A record may have lists of its own.
  if (typeof root.get('abstract') === 'string') return readJsonRecords(recordsOf([file.root]), readAnyRecord);
  const holder = new Fields(file.holder);
  const [name, date] = [
    firstText(holder, ['name', 'title']),
    firstText(holder, ['date', 'current_digest_date']),
  ];
  return { ...readJsonRecords(file, readAnyRecord), ...present({ name, date }) };
}

/** A line of our own JSON Lines says so itself; records from other sources have texts with markup. */
function readAnyRecord(value: unknown, position: number): RecordReading {
  const isOwn = new Fields(value).get('format') === 'digest-atlas';
  return isOwn ? readOwnRecord(value, position) : readRecord(value, position);
}

function parseOwnExport(root: Fields): ParsedDigest {
  const refusal = refuseVersion(root.get('version'));
  if (refusal !== null) return { papers: [], problems: [{ where: 'file', why: refusal }] };
  const papers = root.get('papers');
  if (!Array.isArray(papers)) {
    return { papers: [], problems: [{ where: 'papers', why: 'Expected a list of papers.' }] };
  }
  const [name, date] = [firstText(root, ['name']), firstText(root, ['date'])];
  return { ...readJsonRecords(recordsOf(papers), readOwnRecord), ...present({ name, date }) };
}

function refuseVersion(version: unknown): string | null {
  if (!Number.isSafeInteger(version) || Number(version) < 1)
    return 'The version of the file is missing or not a number.';
  if (Number(version) <= atlasVersion) return null;
  return `Written by a newer Digest Atlas: version ${Number(version)}, this one reads up to ${atlasVersion}.`;
}

function firstText(fields: Fields, names: readonly string[]): string | undefined {
  return names.map((name) => fields.get(name)).find((value) => typeof value === 'string');
}
