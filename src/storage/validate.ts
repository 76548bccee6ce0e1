import type { Digest, Paper, PaperIds, Sighting } from '../core/paper/paper';
import type { VectorBlock } from './schema';
import type { StoredGraph, StoredLayout, StoredSettings } from './store';

/**
 * Narrow checks of what comes out of the database: another version of the app, another site on the same origin or a
 * faulty disk may have written it. After these checks it is trusted.
 */
type Fields = Record<string, unknown>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isOptionalText(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

function isListOf<Item>(value: unknown, isItem: (item: unknown) => item is Item): value is Item[] {
  return Array.isArray(value) && value.every((item) => isItem(item));
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function isIds(value: unknown): value is PaperIds {
  if (!isFields(value)) return false;
  const { arxiv, arxivVersion, doi } = value;
  return (
    isOptionalText(arxiv) && isOptionalText(doi) && (arxivVersion === undefined || isCount(arxivVersion))
  );
}

function isSighting(value: unknown): value is Sighting {
  return isFields(value) && isText(value['digestId']) && isCount(value['position']);
}

export function isPaper(value: unknown): value is Paper {
  return (
    isFields(value) &&
    isText(value['id']) &&
    isText(value['title']) &&
    isString(value['abstract']) &&
    isListOf(value['authors'], isString) &&
    isIds(value['ids']) &&
    isOptionalText(value['url']) &&
    isOptionalText(value['date']) &&
    isListOf(value['sightings'], isSighting) &&
    value['sightings'].length > 0 &&
    isText(value['textHash'])
  );
}

export function isDigest(value: unknown): value is Digest {
  return (
    isFields(value) &&
    isText(value['id']) &&
    isText(value['name']) &&
    isOptionalText(value['date']) &&
    isString(value['format']) &&
    isString(value['file']) &&
    isString(value['sha256']) &&
    isCount(value['count']) &&
    typeof value['addedAt'] === 'number'
  );
}

/** The length fits and every number is finite: a half-written or foreign block would place papers anywhere. */
export function isVectorBlock(value: unknown, dim: number): value is VectorBlock {
  return (
    isFields(value) &&
    value['dim'] === dim &&
    isListOf(value['textHashes'], isString) &&
    value['vectors'] instanceof Float32Array &&
    value['vectors'].length === value['textHashes'].length * dim &&
    isAllFinite(value['vectors'])
  );
}

/** A plain loop: `every` with a callback takes several times as long over the millions of numbers of a library. */
function isAllFinite(numbers: Float32Array): boolean {
  for (let index = 0; index < numbers.length; index++) {
    if (!Number.isFinite(numbers[index])) return false;
  }
  return true;
}

export function isStoredGraph(value: unknown): value is StoredGraph {
  if (!isFields(value) || !isText(value['key']) || !isFields(value['graph'])) return false;
  const { n, k, indices, similarities } = value['graph'];
  if (typeof n !== 'number' || typeof k !== 'number') return false;
  return (
    isListOf(value['textHashes'], isString) &&
    value['textHashes'].length === n &&
    indices instanceof Int32Array &&
    indices.length === n * k &&
    indices.every((index) => index >= -1 && index < n) &&
    similarities instanceof Float32Array &&
    similarities.length === n * k
  );
}

export function isStoredLayout(value: unknown): value is StoredLayout {
  return (
    isFields(value) &&
    isText(value['key']) &&
    (value['kind'] === 'provisional' || value['kind'] === 'neural') &&
    isListOf(value['textHashes'], isString) &&
    value['positions'] instanceof Float32Array &&
    value['positions'].length === 2 * value['textHashes'].length
  );
}

/** The choices that are still choices; the rest is left out. */
export function readSettings(value: unknown): Partial<StoredSettings> {
  const settings: Partial<StoredSettings> = {};
  if (!isFields(value)) return settings;
  const { theme, engine } = value;
  if (theme === 'system' || theme === 'light' || theme === 'dark') settings.theme = theme;
  if (engine === 'auto' || engine === 'webgpu' || engine === 'wasm') settings.engine = engine;
  return settings;
}
