import { endOfString } from './json-text';

/** The member names at the beginning of a JSON text. It is scanned, not parsed, as it may be cut off or broken later. */
export interface JsonOutline {
  /**
   * Keyed by the path of the name from the root, as in `results/title`; lists add nothing to a path. The value is the
   * first string at that path, shortened, or '' when the values there are of other types.
   */
  names: ReadonlyMap<string, string>;
  /** `cut`: the text ends within a value, as a beginning may; `broken`: not JSON from some point; `deep`: nested too deep. */
  end: 'whole' | 'cut' | 'broken' | 'deep';
  /** It holds only empty lists and objects: no name and no value. */
  isEmpty: boolean;
}

/** No format is recognised by names deeper than this. */
const maxPathParts = 4;
const maxNames = 2_000;
const maxTextLength = 200;
const maxDepth = 64;

interface Level {
  isList: boolean;
  path: string;
  parts: number;
  /** The name whose value comes next; null when a name is expected. */
  name: string | null;
}

const structurePattern = /[\s,:]*/y;
const scalarPattern = /[-+.\w]+/y;

/** Does any of the paths hold one of the names? A path ends in `/`; the root is ''. */
export function hasName(outline: JsonOutline, paths: readonly string[], names: readonly string[]): boolean {
  return paths.some((path) => names.some((name) => outline.names.has(path + name)));
}

/** The outline of JSON other than our own export, which names its format; else null. */
export function outlineForeignJson(text: string): JsonOutline | null {
  const outline = outlineJson(text);
  return outline?.names.get('format') === 'digest-atlas' ? null : outline;
}

/** Null when the text does not begin with a list or an object. */
export function outlineJson(text: string): JsonOutline | null {
  if (!/^\s*[[{]\s*(?:["[\]{}\d-]|null|true|false|$)/.test(text)) return null;
  const names = new Map<string, string>();
  const levels: Level[] = [];
  let isEmpty = true;
  let at = 0;
  const outline = (end: JsonOutline['end']): JsonOutline => ({ names, end, isEmpty });

  for (;;) {
    structurePattern.lastIndex = at;
    structurePattern.test(text);
    at = structurePattern.lastIndex;
    const level = levels.at(-1);
    const first = text[at];
    if (first === undefined) return outline(level === undefined ? 'whole' : 'cut');
    if (level === undefined && first !== '{' && first !== '[') return outline('broken');

    if (first === '{' || first === '[') {
      if (level !== undefined && !level.isList && level.name === null) return outline('broken');
      if (levels.length === maxDepth) return outline('deep');
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
      const content = text.slice(at + 1, Math.min(end, at + 1 + maxTextLength));
      isEmpty = false;
      if (level === undefined || level.isList || level.name !== null) {
        record(level, content);
        if (level !== undefined) level.name = null;
      } else {
        level.name = content;
        record(level, '');
      }
      at = end + 1;
    } else {
      scalarPattern.lastIndex = at;
      if (!scalarPattern.test(text)) return outline('broken');
      at = scalarPattern.lastIndex;
      isEmpty = false;
      if (level !== undefined) level.name = null;
    }
  }

  function record(level: Level | undefined, value: string): void {
    if (level === undefined || level.isList || level.name === null || level.parts >= maxPathParts) return;
    const path = pathOf(level);
    const known = names.get(path);
    if (known === undefined ? names.size < maxNames : known === '') names.set(path, value);
  }
}

function pathOf({ path, parts, name }: Level): string {
  return parts === 0 ? (name ?? '') : `${path}/${name ?? ''}`;
}

function inside(level: Level | undefined, isList: boolean): Level {
  if (level === undefined) return { isList, path: '', parts: 0, name: null };
  // Paths of deep levels are not built: nothing asks for them, and they would grow with each level.
  if (level.isList || level.parts >= maxPathParts)
    return { isList, path: level.path, parts: level.parts, name: null };
  return { isList, path: pathOf(level), parts: level.parts + 1, name: null };
}
