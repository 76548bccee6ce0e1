import type { ParsedPaper, Problem } from '../../paper/paper';
import { readRecord } from './atlas-record';
import type { Format, ParsedDigest } from '../import';
import { readJson, type JsonFault } from '../json-text';

/** The version of our own files that this app writes; it reads this and older ones. */
export const ATLAS_VERSION = 1;

/**
 * Our own take-out, `{format: "digest-atlas", version, papers}`, and the plain shapes of the same records: a list, an
 * object with `papers`, one record, or one record a line.
 */
export const atlasJson: Format = {
  id: 'atlas-json',
  name: 'JSON list of papers',
  fits: (text) => /^\s*(?:\{\s*(?:["}]|$)|\[\s*(?:[{\]"]|$))/.test(text),
  parse: (text) => (isJsonLines(text) ? parseLines(text) : parseWhole(text)),
};

/** A record closed on the first line and another begun on the next: no single JSON value looks so. */
function isJsonLines(text: string): boolean {
  return /^\s*\{[^\r\n]*\}[ \t]*[\r\n]\s*\{/.test(text);
}

function parseLines(text: string): ParsedDigest {
  const records: Placed[] = [];
  const problems: Problem[] = [];
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === '') continue;
    const reading = readJson(line);
    const where = `line ${index + 1}`;
    if (reading.fault) problems.push(notJson({ ...reading.fault, line: index + 1 }));
    else records.push({ where, value: reading.value });
  }
  return parseRecords(records, problems);
}

function parseWhole(text: string): ParsedDigest {
  const reading = readJson(text);
  if (reading.fault) return { papers: [], problems: [notJson(reading.fault)] };
  const { value } = reading;
  if (Array.isArray(value)) return parseRecords(inOrder(value), []);
  const file = value as Record<string, unknown>;
  if (file['format'] !== undefined) {
    const refusal = refuse(file);
    if (refusal !== null) return { papers: [], problems: [{ where: 'file', why: refusal }] };
  }
  if (file['papers'] === undefined && file['format'] === undefined) {
    return parseRecords([{ where: 'record 1', value }], []);
  }
  if (!Array.isArray(file['papers'])) {
    return { papers: [], problems: [{ where: 'papers', why: 'Expected a list of papers.' }] };
  }
  const digest = parseRecords(inOrder(file['papers']), []);
  if (typeof file['name'] === 'string') digest.name = file['name'];
  if (typeof file['date'] === 'string') digest.date = file['date'];
  return digest;
}

function refuse({ format, version }: Record<string, unknown>): string | null {
  if (format !== 'digest-atlas') return 'JSON of another format: expected "digest-atlas".';
  if (!Number.isInteger(version) || Number(version) < 1)
    return 'The version of the file is missing or not a number.';
  if (Number(version) <= ATLAS_VERSION) return null;
  return `Written by a newer Digest Atlas: version ${Number(version)}, this one reads up to ${ATLAS_VERSION}.`;
}

interface Placed {
  where: string;
  value: unknown;
}

function inOrder(values: unknown[]): Placed[] {
  return values.map((value, index) => ({ where: `record ${index + 1}`, value }));
}

/** Each record by itself: a broken one costs one record. */
function parseRecords(records: Placed[], problems: Problem[]): ParsedDigest {
  const papers: ParsedPaper[] = [];
  for (const { where, value } of records) {
    const record = readRecord(value, papers.length);
    for (const why of record.problems) problems.push({ where, why });
    if (record.paper !== null) papers.push(record.paper);
  }
  return { papers, problems };
}

function notJson({ line, column, why }: JsonFault): Problem {
  return { where: `line ${line}, column ${column}`, why: `Not valid JSON: ${why}` };
}
