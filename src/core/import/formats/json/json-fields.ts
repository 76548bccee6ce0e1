import { parseDate } from '../../../paper/date';
import type { Signals } from '../../../paper/paper';

/**
 * The fields of one JSON object of a file, asked for by name. Own fields only, so that `__proto__` is a name like any
 * other; null counts as absent. A field of the wrong type is left out, and `problems` says so.
 */
export class Fields {
  readonly problems: string[];
  readonly #record: object;
  /** Where the object stands in its record, as in `ids.`. */
  readonly #path: string;

  /** Anything but an object has no fields. */
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

  /** A whole number as text, as which ids are given and kept. */
  digits(name: string): string | undefined {
    const value = this.get(name);
    const text = Number.isSafeInteger(value) ? String(value) : value;
    if (text === undefined || (typeof text === 'string' && /^\d{1,20}$/.test(text.trim())))
      return text?.trim();
    this.drop(name, `expected digits, got ${shown(value)}`);
    return undefined;
  }

  /** 0 or more. A number that is rounded and abbreviated, such as "1.2k", is no number. */
  count(name: string): number | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    const count = typeof value === 'string' && /^\s*\d{1,12}\s*$/.test(value) ? Number(value) : value;
    if (Number.isSafeInteger(count) && Number(count) >= 0) return Number(count);
    this.drop(name, `expected a number, got ${shown(value)}`);
    return undefined;
  }

  /** The calendar date of the first of the fields that names one. */
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

  /** The first of the fields that holds a web address. */
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

  /** The fields of the objects of a list; what is no object has none. */
  each(name: string): Fields[] {
    return this.list(name).map((entry) => new Fields(entry, `${this.#path}${name}.`, this.problems));
  }

  /** Without fields where there is no such object. Its problems are told with these. */
  inner(name: string): Fields {
    const value = this.get(name);
    if (value !== undefined && !isObject(value)) this.drop(name, `expected an object, got ${kindOf(value)}`);
    return new Fields(value, `${this.#path}${name}.`, this.problems);
  }

  drop(name: string, why: string): void {
    this.problems.push(`Field "${this.#path}${name}" left out: ${why}.`);
  }

  /** Some of the entries of a field are left out. */
  dropSome(name: string, why: string): void {
    this.problems.push(`Field "${this.#path}${name}" left out in part: ${why}.`);
  }
}

/** The names in a list of objects; one that `nameOf` finds none for is told of, unless it is ''. */
export function namesOf(
  fields: Fields,
  list: string,
  nameOf: (entry: Fields) => string | undefined,
): string[] {
  const names = fields.each(list).map(nameOf);
  if (names.includes(undefined)) fields.dropSome(list, 'not every entry has a name');
  return distinct(names);
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The fields that say something: not undefined, not '', no empty list, no object without fields. */
export function present<T extends object>(fields: T): Present<T> {
  const entries = Object.entries(fields).filter(
    ([, value]: [string, unknown]) =>
      value !== undefined && value !== '' && !(isObject(value) && Object.keys(value).length === 0),
  );
  return Object.fromEntries(entries) as Present<T>;
}

/** What a file does not say is absent, and is not 0. */
export function signalsOf(signals: { [K in keyof Signals]: number | undefined }): Signals {
  return present(signals);
}

/** In order of their first mention. */
export function distinct(texts: readonly (string | undefined)[]): string[] {
  return [...new Set(texts.map((text) => text?.trim() ?? ''))].filter((text) => text !== '');
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
