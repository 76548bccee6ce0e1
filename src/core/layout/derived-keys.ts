import { hashText } from '../paper/hash';
import type { LayoutParameters } from './layout';

/** Identifies the inputs of derived data: equal keys mean equal content. Order matters. */
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

/** Key of a layout that keeps the positions of an earlier one (key `from`) and adds positions for the other papers. */
export function incrementalLayoutKey(from: string, source: string, textHashes: readonly string[]): string {
  return `${source}|grown from ${derivedKey(from)}|${derivedKey(...textHashes)}`;
}
