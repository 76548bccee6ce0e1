import type { Problem } from '../../paper/paper';
import type { DecodeBytes } from '../decode';
import type { UnpackBudget } from './unpack-budget';

/** A piece of a file that is read as if it had been dropped by itself. */
export interface Part {
  /**
   * A label for the reader and never a path. '' for what has no name of its own, as the text of a mail: it is not
   * missed when it holds no papers and something beside it does.
   */
  name: string;
  /** Either bytes, or the same text in several forms: the first that holds papers counts. */
  content: Uint8Array | readonly string[];
  /** The container that it is known to be in, whatever it looks like. */
  container?: Container;
}

export type Piece = Part | { problem: Problem };

export interface Opened {
  /** It is no container but a document that is packed as one: its kind, for the reader. */
  unread?: string;
  /** What the container says of the digest. */
  name?: string;
  date?: string;
  /** Unpacked one after the other, so that one is in memory at a time. */
  pieces: Iterable<Piece> | AsyncIterable<Piece>;
}

export interface Opening {
  decode: DecodeBytes;
  /** Of the whole file, shared by all its containers. */
  budget: UnpackBudget;
}

/** A file that holds files. */
export interface Container {
  id: string;
  /** What was looked for, for the reader. */
  name: string;
  /** "zip of 3 files", given how many pieces it held. */
  label(pieces: number): string;
  /** `head`: the beginning of `bytes` as text. By content, never by name. */
  fits(bytes: Uint8Array, head: string): boolean;
  /** Never throws: what is wrong with the container is a piece that is a problem. */
  open(bytes: Uint8Array, opening: Opening): Opened | Promise<Opened>;
}
