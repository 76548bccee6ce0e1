import { isObject, kindOf } from './json-fields';

/** Longest abstract in words. An index may hold any position, up to 10⁹ and beyond. */
export const maxPositions = 20_000;

export interface IndexText {
  text: string;
  /** Which part of the index was left out, and why. */
  problem?: string;
}

/**
 * The text of an inverted index, which maps each word to its positions, from 0. Missing positions are skipped; of two
 * words at the same position the first is read.
 */
export function textOfIndex(index: unknown): IndexText {
  if (!isObject(index) || Array.isArray(index))
    return { text: '', problem: `expected an index, got ${kindOf(index)}` };
  const words = new Map<number, string>();
  let beyond = 0;
  let wrong = 0;
  for (const [word, positions] of Object.entries(index) as [string, unknown][]) {
    if (!Array.isArray(positions)) {
      wrong += 1;
      continue;
    }
    for (const position of positions as unknown[]) {
      if (!Number.isSafeInteger(position) || Number(position) < 0) wrong += 1;
      else if (Number(position) >= maxPositions) beyond += 1;
      else if (!words.has(Number(position))) words.set(Number(position), word);
    }
  }
  const text = [...words].sort(([a], [b]) => a - b).map(([, word]) => word);
  const problems: string[] = [];
  if (beyond > 0) problems.push(`${beyond} of its positions are beyond the first ${maxPositions}`);
  if (wrong > 0) problems.push(`${wrong} of its positions are not whole numbers`);
  return { text: text.join(' '), ...(problems.length > 0 ? { problem: problems.join(', and ') } : {}) };
}
