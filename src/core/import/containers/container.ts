import type { Problem } from '../../paper/paper';
import type { DecodeBytes } from '../decode';
import type { UnpackBudget } from './unpack-budget';

/** A piece of a container, read like a file of its own. */
export interface Part {
  /**
   * A label for the reader, never a path. '' for a piece without a name, such as the text of a mail: it is not reported
   * when it holds no papers and another piece does.
   */
  name: string;
  /** Either bytes, or the same text in several forms, of which the first that holds papers is used. */
  content: Uint8Array | readonly string[];
  /** Set when the piece is known to be a container of this kind, whatever it looks like. */
  container?: Container;
}

export type Piece = Part | { problem: Problem };

export interface OpenedContainer {
  /** Set when it is not a container but a document packed like one: its kind, for the reader. */
  unread?: string;
  /** Name and date of the digest, if the container has them. */
  name?: string;
  date?: string;
  /** Unpacked lazily, so that only one is in memory at a time. */
  pieces: Iterable<Piece> | AsyncIterable<Piece>;
}

export interface OpenOptions {
  decode: DecodeBytes;
  /** Shared by all containers of the file. */
  budget: UnpackBudget;
}

/** A file that holds files. */
export interface Container {
  id: string;
  /** Shown to the reader in the list of what was looked for. */
  name: string;
  /** "zip of 3 files", given the number of its pieces. */
  label(pieces: number): string;
  /** Recognises it by content, never by name. `head`: the beginning of `bytes` as text. */
  fits(bytes: Uint8Array, head: string): boolean;
  /** Never throws: a fault of the container is yielded as a problem piece. */
  open(bytes: Uint8Array, options: OpenOptions): OpenedContainer | Promise<OpenedContainer>;
}
