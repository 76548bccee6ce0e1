import { Gunzip, Inflate } from 'fflate';
import type { UnpackBudget } from './unpack-budget';

export type Unpacked =
  /** `damage`: why the bytes are incomplete. */
  { bytes: Uint8Array; damage?: string } | { refusal: string };

/** Packed bytes between two checks of the budget: at most 17 MB unpacked (deflate packs 1,032 to 1). */
const sliceBytes = 16_384;

/** Unpacks until the stream ends, breaks or exceeds the budget. What came before a break is returned. */
export function unpack(packed: Uint8Array, method: 'deflate' | 'gzip', budget: UnpackBudget): Unpacked {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let refusal: string | null = null;
  const take = (chunk: Uint8Array) => {
    if (chunk.length === 0) return;
    chunks.push(chunk);
    length += chunk.length;
    refusal ??= budget.spend(chunk.length, length, packed.length);
  };
  const stream = method === 'gzip' ? new Gunzip(take) : new Inflate(take);
  let damage: string | undefined;
  try {
    for (let at = 0; at < packed.length && refusal === null; at += sliceBytes) {
      stream.push(packed.subarray(at, at + sliceBytes));
    }
    // Not together with the last slice, which would yield nothing if the stream ended too early.
    if (refusal === null) stream.push(new Uint8Array(0), true);
  } catch (error) {
    damage = `The packed data is damaged or cut off (${error instanceof Error ? error.message : 'unknown fault'}); the part before that is read.`;
  }
  if (refusal !== null) return { refusal };
  const bytes = joined(chunks, length);
  return damage === undefined ? { bytes } : { bytes, damage };
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = chunks;
  if (first !== undefined && chunks.length === 1) return first;
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
