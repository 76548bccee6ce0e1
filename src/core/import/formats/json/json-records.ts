import type { PaperIds, ParsedPaper, Problem } from '../../../paper/paper';
import type { ParsedDigest } from '../../import';
import { readJson, type JsonFault, type JsonReading } from '../../json-text';
import { linesOf } from '../../text/lines';
import { isObject } from './json-fields';
import { readRecords, type RecordReading } from '../records';

export type ReadRecord = (value: unknown, position: number) => RecordReading;

/** A record of a JSON file. `where` is shown to the reader: "record 3". */
export interface JsonRecord {
  where: string;
  value: unknown;
  /** Why the record is not valid JSON. */
  fault?: string;
}

export interface JsonFile {
  /** The whole value; undefined for a file with one record per line, and for one that is not JSON. */
  root?: unknown;
  /** The object that contains the list of records, or null. */
  holder: object | null;
  records: JsonRecord[];
  /** Problems of the file as a whole. */
  problems: Problem[];
}

/** Finds the records of a file: the entries of its list, else of the first of `lists` in its object, else the object. */
export function readJsonFile(text: string, lists: readonly string[]): JsonFile {
  const reading = readJson(text);
  if (reading.fault === undefined) {
    const root = reading.value;
    const found = findList(root, lists, 2);
    return { ...recordsOf(found?.list ?? [root]), root, holder: found?.holder ?? null };
  }
  if (isJsonLines(text, reading.fault)) return readLines(text);
  return { holder: null, records: [], problems: [notJson(reading.fault)] };
}

export function recordsOf(values: readonly unknown[]): JsonFile {
  const records = values.map((value, index) => ({ where: `record ${index + 1}`, value }));
  return { holder: null, records, problems: [] };
}

/** Lists are nested at most one object deeper: `{data: {papers: […]}}`. */
function findList(
  value: unknown,
  lists: readonly string[],
  depth: number,
): { holder: object | null; list: unknown[] } | null {
  if (Array.isArray(value)) return { holder: null, list: value };
  if (!isObject(value) || depth === 0) return null;
  for (const name of lists) {
    const inner: unknown = Object.getOwnPropertyDescriptor(value, name)?.value;
    const found = findList(inner, lists, depth - 1);
    if (found !== null) return { holder: found.holder ?? value, list: found.list };
  }
  return null;
}

/**
 * Does the file hold one record per line, some of them perhaps broken? Its first line is valid, which is never so for a
 * single value over several lines. If it is broken, the second must be valid and the last must begin like a record,
 * unlike the end of a broken value.
 */
function isJsonLines(text: string, fault: JsonFault): boolean {
  if (!text.trimStart().startsWith('{')) return false;
  const [first, rest] = cutLine(text);
  if (rest === '') return false;
  if (readJson(first).fault === undefined) return true;
  const [second] = cutLine(rest);
  const last = rest.slice(Math.max(rest.lastIndexOf('\n'), rest.lastIndexOf('\r')) + 1).trimStart();
  return fault.isCut === undefined && last.startsWith('{') && isRecord(readJson(second));
}

function isRecord(reading: JsonReading): boolean {
  return reading.fault === undefined && isObject(reading.value) && !Array.isArray(reading.value);
}

/** The first line that is not blank, and what comes after it. */
function cutLine(text: string): [line: string, rest: string] {
  const trimmed = text.trim();
  const end = trimmed.search(/[\r\n]/);
  return end === -1 ? [trimmed, ''] : [trimmed.slice(0, end), trimmed.slice(end).trim()];
}

function readLines(text: string): JsonFile {
  const records: JsonRecord[] = [];
  for (const { number, text: line } of linesOf(text)) {
    if (line.trim() === '') continue;
    const reading = readJson(line);
    if (reading.fault === undefined) records.push({ where: `line ${number}`, value: reading.value });
    else {
      const { where, why } = notJson({ ...reading.fault, line: number });
      records.push({ where, value: null, fault: why });
    }
  }
  return { holder: null, records, problems: [] };
}

/** Reads the records of a file, and reports where an id occurs twice. */
export function readJsonRecords({ records, problems }: JsonFile, read: ReadRecord): ParsedDigest {
  const firstWithId = new Map<string, string>();
  const digest = readRecords(records, ({ where, value, fault }, position) => {
    if (fault !== undefined) return { where, paper: null, problems: [fault] };
    const reading = read(value, position);
    const earlier = reading.paper === null ? null : earlierRecord(firstWithId, reading.paper.ids, where);
    if (earlier === null) return { where, ...reading };
    const repeated = `It has an id of ${earlier}: the two become one paper.`;
    return { where, ...reading, problems: [...reading.problems, repeated] };
  });
  return { ...digest, problems: [...problems, ...digest.problems] };
}

/** The record in which an id of the paper first occurred; null when all its ids are new. */
function earlierRecord(firstWithId: Map<string, string>, ids: PaperIds, where: string): string | null {
  let earlier: string | null = null;
  for (const name of ['arxiv', 'doi', 'pmid', 'openalex', 's2'] as const) {
    const id = ids[name];
    if (id === undefined) continue;
    const key = `${name}:${id}`;
    earlier ??= firstWithId.get(key) ?? null;
    if (!firstWithId.has(key)) firstWithId.set(key, where);
  }
  return earlier;
}

/** The reading of a paper; without title and abstract the paper is skipped. */
export function titledPaper(paper: ParsedPaper, problems: string[]): RecordReading {
  if (paper.title.trim() !== '' || paper.abstract.trim() !== '') return { paper, problems };
  return { paper: null, problems: [...problems, 'Neither a title nor an abstract.'] };
}

function notJson({ line, column, why }: JsonFault): Problem {
  return { where: `line ${line}, column ${column}`, why: `Not valid JSON: ${why}` };
}
