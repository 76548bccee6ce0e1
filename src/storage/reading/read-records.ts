import type {
  Decision,
  Digest,
  ImportReport,
  PaperIds,
  Problem,
  Sighting,
  Signals,
} from '../../core/paper/paper';
import type { Fields } from './fields';
import {
  isCount,
  isFields,
  isListOf,
  isOptional,
  isString,
  isStrings,
  isText,
  isTime,
  isTrue,
} from './fields';
import type { StoredPaper } from '../database/schema';
import type { Trashed } from '../store';

/** The valid part of a record. */
export interface ReadRecord<Value> {
  value: Value;
  /** Nothing was left out. */
  isWhole: boolean;
}

/** Null if a required field is missing or invalid. */
export type RecordReader<Value> = (raw: unknown) => ReadRecord<Value> | null;

type Check = (value: unknown) => boolean;

type OptionalField<Type> = {
  [Field in keyof Type]-?: object extends Pick<Type, Field> ? Field : never;
}[keyof Type];

/** Invalid optional fields are left out; a sighting needs all the others. */
const sightingExtras: Record<OptionalField<Sighting>, Check> = {
  isExcerpt: isTrue,
  url: isString,
  date: isString,
  updated: isString,
  venue: isString,
  categories: isStrings,
  signals: isSignals,
  announced: (value) => value === 'new' || value === 'cross' || value === 'replace',
};

const digestExtras: Record<OptionalField<Digest>, Check> = {
  ownName: isString,
  isHidden: isTrue,
  date: isString,
  report: isReport,
};

/** A paper needs at least one valid sighting. */
export function readPaper(raw: unknown): ReadRecord<StoredPaper> | null {
  if (!isFields(raw) || !isText(raw['id'])) return null;
  const sightings = readSightings(raw['sightings']);
  if (sightings === null || sightings.value.length === 0) return null;
  return { value: { id: raw['id'], sightings: sightings.value }, isWhole: sightings.isWhole };
}

export function readDigest(raw: unknown): ReadRecord<Digest> | null {
  if (!isFields(raw)) return null;
  const { value, isWhole } = withoutInvalidExtras(raw, digestExtras);
  return isDigest(value) ? { value: withRemarkCount(value), isWhole } : null;
}

/**
 * Reports of older versions have no count of remarks: it is taken from the problems they list, which may be
 * incomplete.
 */
function withRemarkCount(digest: Digest): Digest {
  const { report } = digest;
  if (report === undefined || Object.hasOwn(report, 'remarks')) return digest;
  const remarks = report.problems.filter(({ isSkipped }) => !isSkipped).length;
  return { ...digest, report: { ...report, remarks } };
}

export function readDecision(raw: unknown): ReadRecord<Decision> | null {
  return isDecision(raw) ? { value: raw, isWhole: true } : null;
}

export function readTrashed(raw: unknown): ReadRecord<Trashed> | null {
  if (!isFields(raw) || !isTime(raw['removedAt'])) return null;
  const digest = readDigest(raw['digest']);
  const sightings = readSightings(raw['sightings']);
  if (digest === null || sightings === null) return null;
  return {
    value: { digest: digest.value, sightings: sightings.value, removedAt: raw['removedAt'] },
    isWhole: digest.isWhole && sightings.isWhole,
  };
}

function readSightings(raw: unknown): ReadRecord<Sighting[]> | null {
  if (!Array.isArray(raw)) return null;
  const readings = raw.map(readSighting).filter((reading) => reading !== null);
  return {
    value: readings.map(({ value }) => value),
    isWhole: readings.length === raw.length && readings.every(({ isWhole }) => isWhole),
  };
}

function readSighting(raw: unknown): ReadRecord<Sighting> | null {
  if (!isFields(raw)) return null;
  const { value, isWhole } = withoutInvalidExtras(raw, sightingExtras);
  return isSighting(value) ? { value, isWhole } : null;
}

function withoutInvalidExtras(record: Fields, extras: Readonly<Record<string, Check>>): ReadRecord<Fields> {
  const isValid = (name: string) => isOptional(record[name], extras[name] ?? (() => true));
  if (Object.keys(extras).every(isValid)) return { value: record, isWhole: true };
  const valid = Object.entries(record).filter(([name]) => isValid(name));
  return { value: Object.fromEntries(valid), isWhole: false };
}

/** Checks the required fields only. */
function isSighting(value: Fields): value is Fields & Sighting {
  return (
    isText(value['digestId']) &&
    isText(value['id']) &&
    isText(value['titleKey']) &&
    isText(value['textHash']) &&
    isText(value['title']) &&
    isString(value['abstract']) &&
    isStrings(value['authors']) &&
    isIds(value['ids']) &&
    isCount(value['position'])
  );
}

/** Required, because they identify the paper: a wrong id would merge it with another. */
function isIds(value: unknown): value is PaperIds {
  if (!isFields(value)) return false;
  const { arxiv, arxivVersion, doi, pmid, openalex, s2 } = value;
  const names = [arxiv, doi, pmid, openalex, s2];
  return names.every((name) => isOptional(name, isString)) && isOptional(arxivVersion, isCount);
}

function isSignals(value: unknown): value is Signals {
  if (!isFields(value)) return false;
  const { upvotes, comments, stars, citations } = value;
  return [upvotes, comments, stars, citations].every((count) => isOptional(count, Number.isFinite));
}

/** Checks the required fields only. */
function isDigest(value: Fields): value is Fields & Digest {
  return (
    isText(value['id']) &&
    isText(value['name']) &&
    isString(value['format']) &&
    isString(value['file']) &&
    isString(value['sha256']) &&
    isCount(value['count']) &&
    isTime(value['addedAt'])
  );
}

function isReport(value: unknown): value is ImportReport {
  if (!isFields(value)) return false;
  const { added, updated, known, repeated, withoutAbstract, skipped, remarks } = value;
  const { newestDate, newestBefore } = value;
  return (
    isString(value['formatName']) &&
    [added, updated, known, withoutAbstract, skipped].every(isCount) &&
    isOptional(repeated, isCount) &&
    (isCount(remarks) || !Object.hasOwn(value, 'remarks')) &&
    isListOf(value['problems'], isProblem) &&
    [newestDate, newestBefore].every((date) => isOptional(date, isString))
  );
}

function isProblem(value: unknown): value is Problem {
  if (!isFields(value)) return false;
  return isString(value['where']) && isString(value['why']) && isOptional(value['isSkipped'], isTrue);
}

function isDecision(value: unknown): value is Decision {
  if (!isFields(value)) return false;
  const { kind, a, b } = value;
  return (kind === 'same' || kind === 'apart' || kind === 'open') && isText(a) && isText(b) && a < b;
}
