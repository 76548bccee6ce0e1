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

/** The sound part of a record. */
export interface Reading<Value> {
  value: Value;
  /** Nothing had to be left out. */
  isWhole: boolean;
}

/** Null where the record is none of its kind. */
export type Read<Value> = (raw: unknown) => Reading<Value> | null;

type Check = (value: unknown) => boolean;

type OptionalField<Type> = {
  [Field in keyof Type]-?: object extends Pick<Type, Field> ? Field : never;
}[keyof Type];

/** What a paper can do without: a bad one is left out. All else makes the paper what it is. */
const SIGHTING_EXTRAS: Record<OptionalField<Sighting>, Check> = {
  isExcerpt: isTrue,
  url: isString,
  date: isString,
  updated: isString,
  venue: isString,
  categories: isStrings,
  signals: isSignals,
  announced: (value) => value === 'new' || value === 'cross' || value === 'replace',
};

const DIGEST_EXTRAS: Record<OptionalField<Digest>, Check> = {
  ownName: isString,
  isHidden: isTrue,
  date: isString,
  report: isReport,
};

/** A paper is read as long as one of its sightings is. */
export function readPaper(raw: unknown): Reading<StoredPaper> | null {
  if (!isFields(raw) || !isText(raw['id'])) return null;
  const sightings = readSightings(raw['sightings']);
  if (sightings === null || sightings.value.length === 0) return null;
  return { value: { id: raw['id'], sightings: sightings.value }, isWhole: sightings.isWhole };
}

export function readDigest(raw: unknown): Reading<Digest> | null {
  if (!isFields(raw)) return null;
  const { value, isWhole } = withoutBad(raw, DIGEST_EXTRAS);
  return isDigest(value) ? { value: withRemarks(value), isWhole } : null;
}

/** What older versions of the app stored does not count them: their lists do, as far as they go. */
function withRemarks(digest: Digest): Digest {
  const { report } = digest;
  if (report === undefined || Object.hasOwn(report, 'remarks')) return digest;
  const remarks = report.problems.filter(({ isSkipped }) => !isSkipped).length;
  return { ...digest, report: { ...report, remarks } };
}

export function readDecision(raw: unknown): Reading<Decision> | null {
  return isDecision(raw) ? { value: raw, isWhole: true } : null;
}

export function readTrashed(raw: unknown): Reading<Trashed> | null {
  if (!isFields(raw) || !isTime(raw['removedAt'])) return null;
  const digest = readDigest(raw['digest']);
  const sightings = readSightings(raw['sightings']);
  if (digest === null || sightings === null) return null;
  return {
    value: { digest: digest.value, sightings: sightings.value, removedAt: raw['removedAt'] },
    isWhole: digest.isWhole && sightings.isWhole,
  };
}

function readSightings(raw: unknown): Reading<Sighting[]> | null {
  if (!Array.isArray(raw)) return null;
  const readings = raw.map(readSighting).filter((reading) => reading !== null);
  return {
    value: readings.map(({ value }) => value),
    isWhole: readings.length === raw.length && readings.every(({ isWhole }) => isWhole),
  };
}

function readSighting(raw: unknown): Reading<Sighting> | null {
  if (!isFields(raw)) return null;
  const { value, isWhole } = withoutBad(raw, SIGHTING_EXTRAS);
  return isSighting(value) ? { value, isWhole } : null;
}

function withoutBad(record: Fields, extras: Readonly<Record<string, Check>>): Reading<Fields> {
  const isSound = (name: string) => isOptional(record[name], extras[name] ?? (() => true));
  if (Object.keys(extras).every(isSound)) return { value: record, isWhole: true };
  const sound = Object.entries(record).filter(([name]) => isSound(name));
  return { value: Object.fromEntries(sound), isWhole: false };
}

/** Of a record whose extras have been seen to. */
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

/** These identify the paper: a wrong one would join it to another. */
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

/** Of a record whose extras have been seen to. */
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
  const { added, updated, known, withoutAbstract, skipped, remarks, newestDate, newestBefore } = value;
  return (
    isString(value['formatName']) &&
    [added, updated, known, withoutAbstract, skipped].every(isCount) &&
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
