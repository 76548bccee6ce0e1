import { parseDate } from '../../../paper/date';
import type { Signals } from '../../../paper/paper';
import { distinct, present } from '../paper-fields';

/**
 * Typed access to the fields of a JSON object. Own fields only, so that `__proto__` is a name like any other; null counts
 * as absent. A field of the wrong type is left out, with an entry in `problems`.
 */
export class Fields {
  readonly problems: string[];
  readonly #record: object;
  /** Path of the object in its record, such as `ids.`. */
  readonly #path: string;

  /** A value that is not an object has no fields. */
  constructor(record: unknown, path = '', problems: string[] = []) {
    this.#record = isObject(record) ? record : {};
    this.#path = path;
    this.problems = problems;
  }

  get(name: string): unknown {
    if (!Object.hasOwn(this.#record, name)) return undefined;
    return (this.#record as Record<string, unknown>)[name] ?? undefined;
  }

  names(): string[] {
    return Object.keys(this.#record);
  }

  text(name: string): string | undefined {
    const value = this.get(name);
    if (value === undefined || typeof value === 'string') return value;
    this.drop(name, `expected text, got ${kindOf(value)}`);
    return undefined;
  }

  /** A whole number as a string, the form in which ids are stored. */
  digits(name: string): string | undefined {
    const value = this.get(name);
    const text = Number.isSafeInteger(value) ? String(value) : value;
    if (text === undefined || (typeof text === 'string' && /^\d{1,20}$/.test(text.trim())))
      return text?.trim();
    this.drop(name, `expected digits, got ${shown(value)}`);
    return undefined;
  }

  /** A whole number of 0 or more. An abbreviated one such as "1.2k" is left out. */
  count(name: string): number | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    const count = typeof value === 'string' && /^\s*\d{1,12}\s*$/.test(value) ? Number(value) : value;
    if (Number.isSafeInteger(count) && Number(count) >= 0) return Number(count);
    this.drop(name, `expected a number, got ${shown(value)}`);
    return undefined;
  }

  /** The first of the fields that is a calendar date. */
  date(...names: string[]): string | undefined {
    for (const name of names) {
      const value = this.get(name);
      if (value === undefined) continue;
      const isReadable = typeof value === 'string' || typeof value === 'number';
      const date = isReadable ? parseDate(String(value)) : null;
      if (date !== null) return date;
      this.drop(name, 'expected a calendar date such as 2026-11-23');
    }
    return undefined;
  }

  /** The first of the fields that is a web address. */
  link(...names: string[]): string | undefined {
    for (const name of names) {
      const url = this.text(name)?.trim();
      if (url === undefined || url === '') continue;
      if (/^https?:\/\/[^\s\p{Control}]{1,2000}$/iu.test(url)) return url;
      this.drop(name, 'expected a web address');
    }
    return undefined;
  }

  list(name: string): unknown[] {
    const value = this.get(name);
    if (value === undefined) return [];
    if (Array.isArray(value)) return value;
    this.drop(name, `expected a list, got ${kindOf(value)}`);
    return [];
  }

  /** The objects of a list; an entry that is not an object has no fields. */
  each(name: string): Fields[] {
    return this.list(name).map((entry) => new Fields(entry, `${this.#path}${name}.`, this.problems));
  }

  /** The object in a field; without fields when it is absent. Its problems are added to these. */
  inner(name: string): Fields {
    const value = this.get(name);
    if (value !== undefined && !isObject(value)) this.drop(name, `expected an object, got ${kindOf(value)}`);
    return new Fields(value, `${this.#path}${name}.`, this.problems);
  }

  drop(name: string, why: string): void {
    this.problems.push(`Field "${this.#path}${name}" left out: ${why}.`);
  }

  /** Reports that some entries of a list are left out. */
  dropSome(name: string, why: string): void {
    this.problems.push(`Field "${this.#path}${name}" left out in part: ${why}.`);
  }
}

/** The names in a list of objects. Entries for which `nameOf` gives undefined are reported; '' leaves one out silently. */
export function namesOf(
  fields: Fields,
  list: string,
  nameOf: (entry: Fields) => string | undefined,
): string[] {
  const names = fields.each(list).map(nameOf);
  if (names.includes(undefined)) fields.dropSome(list, 'not every entry has a name');
  return distinct(names);
}

/** Counts that the file does not have are absent, not 0. */
export function signalsOf(signals: { [K in keyof Signals]: number | undefined }): Signals {
  return present(signals);
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

export function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value === null) return 'nothing';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `"${value.slice(0, 40)}"`;
  return typeof value === 'number' ? String(value) : kindOf(value);
}
