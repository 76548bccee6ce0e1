type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The fields that have a value: not undefined, '', an empty list or an object without fields. */
export function present<T extends object>(fields: T): Present<T> {
  const entries = Object.entries(fields).filter(
    ([, value]: [string, unknown]) =>
      value !== undefined &&
      value !== '' &&
      !(typeof value === 'object' && value !== null && Object.keys(value).length === 0),
  );
  return Object.fromEntries(entries) as Present<T>;
}

/** The texts trimmed, each once, none empty, in order of first occurrence. */
export function distinct(texts: Iterable<string | undefined>): string[] {
  const trimmed = Array.from(texts, (text) => text?.trim() ?? '');
  return [...new Set(trimmed)].filter((text) => text !== '');
}
