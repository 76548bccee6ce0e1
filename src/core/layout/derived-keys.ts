import { hashText } from '../paper/hash';
import type { LayoutParameters } from './layout';

/** Says what something derived was made from; equal keys, equal content. Order counts. */
function derivedKey(...parts: readonly string[]): string {
  return hashText(JSON.stringify(parts));
}

export function graphKey(vectorKey: string, k: number, textHashes: readonly string[]): string {
  return `${vectorKey}|graph k=${k}|${derivedKey(...textHashes)}`;
}

export function layoutKey(
  source: string,
  parameters: LayoutParameters,
  textHashes: readonly string[],
): string {
  const { k, epochs, seed } = parameters;
  return `${source}|umap k=${k} epochs=${epochs} seed=${seed}|${derivedKey(...textHashes)}`;
}

/** A layout that kept the places of an earlier one and found places for the rest. */
export function grownLayoutKey(from: string, source: string, textHashes: readonly string[]): string {
  return `${source}|grown from ${derivedKey(from)}|${derivedKey(...textHashes)}`;
}
