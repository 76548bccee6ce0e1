import { parseDate } from '../paper/date';
import type { Problem } from '../paper/paper';
import { readJson } from './json-text';

/** A digest that is shipped with the site: one entry of `corpus/index.json`. */
export interface CorpusEntry {
  id: string;
  name: string;
  /** ISO 8601 calendar date, when known. */
  date?: string;
  /** File name within `corpus/`. */
  file: string;
  /** SHA-256 of the file's bytes, in hex. */
  sha256: string;
  /** Number of papers in the file. */
  count: number;
}

export interface CorpusIndex {
  digests: CorpusEntry[];
  problems: Problem[];
}

/** Reads `corpus/index.json`. Never throws, as a server may send anything in its place: faults are in `problems`. */
export function readCorpusIndex(text: string): CorpusIndex {
  const reading = readJson(text);
  if (reading.fault) {
    const { line, column, why } = reading.fault;
    return { digests: [], problems: [{ where: `index.json, line ${line}, column ${column}`, why }] };
  }
  const listed: unknown = (reading.value as { digests?: unknown } | null)?.digests;
  if (!Array.isArray(listed)) {
    return { digests: [], problems: [{ where: 'index.json', why: 'Expected a list "digests".' }] };
  }
  const index: CorpusIndex = { digests: [], problems: [] };
  const ids = new Set<string>();
  for (const [position, value] of listed.entries()) {
    const entry = readEntry(value);
    const where = `index.json, digest ${position + 1}`;
    if (typeof entry === 'string') index.problems.push({ where, why: entry });
    else if (ids.has(entry.id)) index.problems.push({ where, why: `The id "${entry.id}" occurs twice.` });
    else {
      ids.add(entry.id);
      index.digests.push(entry);
    }
  }
  return index;
}

/** The entry, or why the value is not an entry. */
function readEntry(value: unknown): CorpusEntry | string {
  if (typeof value !== 'object' || value === null) return 'Expected an object.';
  const { id, name, date, file, sha256, count } = value as Record<string, unknown>;
  if (typeof id !== 'string' || id === '') return 'Expected a text "id".';
  if (typeof name !== 'string' || name === '') return 'Expected a text "name".';
  if (typeof file !== 'string' || !/^[\w][\w.-]*$/.test(file))
    return 'Expected "file" to be a plain file name.';
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) return 'Expected "sha256" in hex.';
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 0) return 'Expected a whole "count".';
  if (date === undefined || date === null) return { id, name, file, sha256, count };
  const read = typeof date === 'string' ? parseDate(date) : null;
  if (read === null) return 'Expected "date" to be a calendar date.';
  return { id, name, date: read, file, sha256, count };
}
