import type { PaperIds, ParsedPaper, Problem } from '../../../paper/paper';
import type { ParsedDigest } from '../../import';
import { readJson, type JsonFault, type JsonReading } from '../../json-text';
import { linesOf } from '../../text/lines';
import { isObject } from './json-fields';
import { recordProblems } from '../record-problems';

/** What a format makes of one record. */
export interface RecordReading {
  /** Null when there is no paper in the record. */
  paper: ParsedPaper | null;
  /** Each is one field that was left out, or the reason why the record was. */
  problems: string[];
}

export type ReadRecord = (value: unknown, position: number) => RecordReading;

/** A record and its place, for the reader: "record 3". */
export interface JsonRecord {
  where: string;
  value: unknown;
  /** Why it is none. */
  fault?: string;
}

export interface JsonFile {
  /** The whole of it; undefined of a file that has a record a line, or is not JSON. */
  root?: unknown;
  /** What stands round the list of records; null when nothing does. */
  holder: object | null;
  records: JsonRecord[];
  /** Of the file as a whole. */
  problems: Problem[];
}

/** How the records of a file are found: a list is its records, an object the first of `lists` in it, or one record. */
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

/** Lists stand at most one object further in: `{data: {papers: […]}}`. */
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
 * One record a line, any of which may be broken. No single value has a first line that is whole; where the first is
 * broken the second must be whole, and the last begin as a record does, which the end of a broken value does not.
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

/** Each record by itself: a broken one costs one record. */
export function takeRecords({ records, problems }: JsonFile, read: ReadRecord): ParsedDigest {
  const papers: ParsedPaper[] = [];
  const named = new Map<string, string>();
  const taken = [...problems];
  for (const { where, value, fault } of records) {
    const { paper, problems: whys } =
      fault === undefined ? read(value, papers.length) : { paper: null, problems: [fault] };
    taken.push(...recordProblems(where, whys, paper !== null));
    if (paper === null) continue;
    papers.push(paper);
    const earlier = firstNamed(named, paper.ids, where);
    if (earlier !== null) taken.push({ where, why: `It has an id of ${earlier}: the two become one paper.` });
  }
  return { papers, problems: taken };
}

/** Where an id of the paper was met before. */
function firstNamed(named: Map<string, string>, ids: PaperIds, where: string): string | null {
  let earlier: string | null = null;
  for (const name of ['arxiv', 'doi', 'pmid', 'openalex', 's2'] as const) {
    const id = ids[name];
    if (id === undefined) continue;
    const key = `${name}:${id}`;
    earlier ??= named.get(key) ?? null;
    if (!named.has(key)) named.set(key, where);
  }
  return earlier;
}

/** The paper, or the reason why it is none. */
export function titledPaper(paper: ParsedPaper, problems: string[]): RecordReading {
  if (paper.title.trim() !== '' || paper.abstract.trim() !== '') return { paper, problems };
  return { paper: null, problems: [...problems, 'Neither a title nor an abstract.'] };
}

function notJson({ line, column, why }: JsonFault): Problem {
  return { where: `line ${line}, column ${column}`, why: `Not valid JSON: ${why}` };
}
