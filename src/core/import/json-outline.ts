import { endOfString } from './json-text';

/** The names in the beginning of a JSON text, found without parsing it: it may be cut off, or broken further on. */
export interface JsonOutline {
  /**
   * Names of members by their path from the root, as in `results/title`; lists add nothing to a path. The value is the
   * first text that stands there, shortened, or '' where it is of another kind.
   */
  names: ReadonlyMap<string, string>;
  /** How the text ends: `cut` is in the middle, which of a beginning says nothing; `broken` is not JSON from there. */
  end: 'whole' | 'cut' | 'broken' | 'deep';
  /** Neither a name nor a value but empty lists and objects. */
  isEmpty: boolean;
}

/** No format is told by names deeper down. */
const MAX_PARTS = 4;
const MAX_NAMES = 2_000;
const MAX_TEXT = 200;
const MAX_DEPTH = 64;

interface Level {
  isList: boolean;
  path: string;
  parts: number;
  /** The name whose value comes next; null where a name is awaited. */
  name: string | null;
}

const STRUCTURE = /[\s,:]*/y;
const SCALAR = /[-+.\w]+/y;

/** Does a record at the root, or under one of the paths, have one of the names? A path ends in `/`, the root is ''. */
export function hasName(outline: JsonOutline, paths: readonly string[], names: readonly string[]): boolean {
  return paths.some((path) => names.some((name) => outline.names.has(path + name)));
}

/** The outline of JSON that is not a take-out of ours, which names its format; else null. */
export function outlineForeignJson(text: string): JsonOutline | null {
  const outline = outlineJson(text);
  return outline?.names.get('format') === 'digest-atlas' ? null : outline;
}

/** Null when the text does not begin as JSON of records does: with a list or an object. */
export function outlineJson(text: string): JsonOutline | null {
  if (!/^\s*[[{]\s*(?:["[\]{}\d-]|null|true|false|$)/.test(text)) return null;
  const names = new Map<string, string>();
  const levels: Level[] = [];
  let isEmpty = true;
  let at = 0;
  const outline = (end: JsonOutline['end']): JsonOutline => ({ names, end, isEmpty });

  for (;;) {
    STRUCTURE.lastIndex = at;
    STRUCTURE.test(text);
    at = STRUCTURE.lastIndex;
    const level = levels.at(-1);
    const first = text[at];
    if (first === undefined) return outline(level === undefined ? 'whole' : 'cut');
    if (level === undefined && first !== '{' && first !== '[') return outline('broken');

    if (first === '{' || first === '[') {
      if (level !== undefined && !level.isList && level.name === null) return outline('broken');
      if (levels.length === MAX_DEPTH) return outline('deep');
      levels.push(inside(level, first === '['));
      at += 1;
    } else if (first === '}' || first === ']') {
      if (level?.isList !== (first === ']')) return outline('broken');
      levels.pop();
      const parent = levels.at(-1);
      if (parent !== undefined) parent.name = null;
      at += 1;
    } else if (first === '"') {
      const end = endOfString(text, at);
      if (end === -1) return outline('cut');
      const content = text.slice(at + 1, Math.min(end, at + 1 + MAX_TEXT));
      isEmpty = false;
      if (level === undefined || level.isList || level.name !== null) {
        note(level, content);
        if (level !== undefined) level.name = null;
      } else {
        level.name = content;
        note(level, '');
      }
      at = end + 1;
    } else {
      SCALAR.lastIndex = at;
      if (!SCALAR.test(text)) return outline('broken');
      at = SCALAR.lastIndex;
      isEmpty = false;
      if (level !== undefined) level.name = null;
    }
  }

  function note(level: Level | undefined, value: string): void {
    if (level === undefined || level.isList || level.name === null || level.parts >= MAX_PARTS) return;
    const path = pathOf(level);
    const known = names.get(path);
    if (known === undefined ? names.size < MAX_NAMES : known === '') names.set(path, value);
  }
}

function pathOf({ path, parts, name }: Level): string {
  return parts === 0 ? (name ?? '') : `${path}/${name ?? ''}`;
}

function inside(level: Level | undefined, isList: boolean): Level {
  if (level === undefined) return { isList, path: '', parts: 0, name: null };
  // Paths of deep levels are not made: nothing asks for them, and they would grow with each level.
  if (level.isList || level.parts >= MAX_PARTS)
    return { isList, path: level.path, parts: level.parts, name: null };
  return { isList, path: pathOf(level), parts: level.parts + 1, name: null };
}
