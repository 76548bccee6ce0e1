import type { PostingSegment } from '../../core/search/index/posting-segment';
import { searchedFields } from '../../core/search/index/searchable-text';
import { isCount, isFields, isOptional, isStrings, isText, isTime } from './fields';
import type { Topic } from '../../core/topic/topic';
import type { VectorBlock } from '../database/schema';
import type {
  StoredGraph,
  StoredLayout,
  StoredNews,
  StoredSearchIndex,
  StoredSettings,
  StoredTopics,
} from '../store';

/** Checks the length and that every number is finite: a half-written or foreign block would misplace papers. */
export function isVectorBlock(value: unknown, dim: number): value is VectorBlock {
  return (
    isFields(value) &&
    value['dim'] === dim &&
    isStrings(value['textHashes']) &&
    value['vectors'] instanceof Float32Array &&
    value['vectors'].length === value['textHashes'].length * dim &&
    isAllFinite(value['vectors'])
  );
}

/** A plain loop: `every` with a callback takes several times as long for the millions of numbers of a library. */
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
    isStrings(value['textHashes']) &&
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
    isStrings(value['textHashes']) &&
    isOptional(value['grown'], isStrings) &&
    value['positions'] instanceof Float32Array &&
    value['positions'].length === 2 * value['textHashes'].length
  );
}

export function isStoredSearchIndex(value: unknown): value is StoredSearchIndex {
  return (
    isFields(value) &&
    isCount(value['version']) &&
    isStrings(value['ids']) &&
    isStrings(value['stamps']) &&
    value['stamps'].length === value['ids'].length &&
    isPostingSegment(value['segment'], value['ids'].length)
  );
}

/** Checks terms and slots, else only lengths and bounds: it is up to 30 MB and is read before the first search. */
function isPostingSegment(value: unknown, slotCount: number): value is PostingSegment {
  if (!isFields(value)) return false;
  const { terms, offsets, rows, starts, positions, slots, fieldEnds } = value;
  return (
    isStrings(terms) &&
    rows instanceof Uint32Array &&
    positions instanceof Uint16Array &&
    isRangesOf(rows, offsets, terms.length) &&
    isRangesOf(positions, starts, rows.length) &&
    slots instanceof Int32Array &&
    slots.every((slot) => slot >= 0 && slot < slotCount) &&
    fieldEnds instanceof Uint16Array &&
    fieldEnds.length === slots.length * searchedFields.length
  );
}

/** `bounds` divides the items into `count` ranges; only its first and last value are checked. */
function isRangesOf(items: Uint32Array | Uint16Array, bounds: unknown, count: number): boolean {
  return (
    bounds instanceof Uint32Array &&
    bounds.length === count + 1 &&
    bounds[0] === 0 &&
    bounds[count] === items.length
  );
}

export function isStoredTopics(value: unknown): value is StoredTopics {
  if (!isFields(value) || !isFields(value['grouping'])) return false;
  if (!isCount(value['grouped']) || !isCount(value['strayed'])) return false;
  const { topics, topicOf } = value['grouping'];
  return (
    isStrings(value['textHashes']) &&
    topicOf instanceof Int16Array &&
    topicOf.length === value['textHashes'].length &&
    Array.isArray(topics) &&
    topics.every(isTopic) &&
    topicOf.every((topic) => topic >= -1 && topic < topics.length)
  );
}

function isTopic(value: unknown): value is Topic {
  return (
    isFields(value) &&
    isCount(value['id']) &&
    isText(value['name']) &&
    isStrings(value['words']) &&
    typeof value['hue'] === 'number' &&
    Number.isFinite(value['hue'])
  );
}

/** Settings whose value is a known choice; others are left out. */
export function readSettings(value: unknown): Partial<StoredSettings> {
  const settings: Partial<StoredSettings> = {};
  if (!isFields(value)) return settings;
  const { theme, engine, singleLetterKeys, sort, webSearch } = value;
  if (theme === 'system' || theme === 'light' || theme === 'dark') settings.theme = theme;
  if (engine === 'auto' || engine === 'webgpu' || engine === 'wasm') settings.engine = engine;
  if (typeof singleLetterKeys === 'boolean') settings.singleLetterKeys = singleLetterKeys;
  if (sort === 'digest' || sort === 'title' || sort === 'date' || sort === 'added') settings.sort = sort;
  if (webSearch === 'duckduckgo' || webSearch === 'scholar') settings.webSearch = webSearch;
  return settings;
}

/** Valid fields only. */
export function readNews(value: unknown): Partial<StoredNews> {
  const news: Partial<StoredNews> = {};
  if (!isFields(value)) return news;
  const { freshIds, lastVisitAt, visitAt } = value;
  if (isStrings(freshIds)) news.freshIds = freshIds;
  if (isTime(lastVisitAt)) news.lastVisitAt = lastVisitAt;
  if (isTime(visitAt)) news.visitAt = visitAt;
  return news;
}
