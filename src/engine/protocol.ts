/**
 * The messages between page and workers. Types only: both sides import this file and nothing else of each other.
 * Each call is named once here; requests, replies, handlers and client types derive from it.
 */
import type { ExportedPaper, ExportOptions } from '../core/export/export';
import type { AppErrorCode } from '../core/errors';
import type { ColumnRole, TableColumns } from '../core/import/import';
import type { LayoutParameters, Positions } from '../core/layout/layout';
import type { Distortion } from '../core/layout/distortion';
import type { DuplicatePair, TitledPaper } from '../core/paper/catalogue/near-duplicates';
import type { IdentifiedPaper, Problem } from '../core/paper/paper';
import type { PostingSegment } from '../core/search/index/posting-segment';
import type { Ranking, SearchRequest } from '../core/search/ranking/ranker';
import type { SearchableText } from '../core/search/index/searchable-text';
import type { TokenVectors } from '../core/explain/token-vectors';
import type { Grouping } from '../core/topic/topic';
import type { NeighbourGraph } from '../core/vector/neighbours';
import type { TokenRows } from './token-rows';

/** The text of a paper that topics are named from. */
export interface TopicText {
  title: string;
  abstract: string;
}

export interface Call<Input, Output, Progress = never> {
  input: Input;
  output: Output;
  progress: Progress;
}

export type InputOf<C> = C extends Call<infer Input, unknown, unknown> ? Input : never;
export type OutputOf<C> = C extends Call<unknown, infer Output, unknown> ? Output : never;
export type ProgressOf<C> = C extends Call<unknown, unknown, infer Progress> ? Progress : never;

export interface Count {
  done: number;
  total: number;
  /** Of a download: nothing comes, and it is being tried again. */
  isStalled?: boolean;
}

/** A file the build wrote and the app fetches once: a model, or a runtime's wasm. `url` is absolute. */
export interface Asset {
  url: string;
  /** Hex. */
  sha256: string;
  bytes: number;
}

export type Device = 'webgpu' | 'wasm';
/** int8 runs on wasm only; fp32 (stored as fp16) runs on both. Vectors of different precisions are never compared. */
export type Precision = 'int8' | 'fp32';

export interface Backend {
  device: Device;
  precision: Precision;
}

export interface ReadFile {
  /** Id of the format (core/import/detect.ts), or null when it is of no known format. */
  format: string | null;
  /** For the reader: "trending-papers page", "BibTeX". */
  formatName: string;
  digestName: string;
  date?: string;
  /** Of the whole file, hex. */
  sha256: string;
  papers: IdentifiedPaper[];
  /** Only the first ones; `skipped` and `remarks` count them all. */
  problems: Problem[];
  /** Records that were left out, listed or not. */
  skipped: number;
  /** Problems of records that were imported, or of the whole file, listed or not. */
  remarks: number;
  /** Of a table: how its columns were read. */
  columns?: TableColumns;
}

/** What the import worker sends while it reads, so that no single message takes the page long to unpack. */
export type ReadProgress =
  /** The worker begins to read: the time limit of the file starts here. */
  { kind: 'begun' } | { kind: 'papers'; papers: IdentifiedPaper[]; done: number; total: number };

/** import.worker.ts */
export interface ImportCalls {
  /**
   * Takes ownership of `bytes`. With `sha256` given, a file of another hash is refused (`asset-corrupt`). The papers
   * come as progress, a few hundred at a time, in order.
   */
  read: Call<
    { name: string; bytes: ArrayBuffer; sha256?: string; columnRoles?: readonly ColumnRole[] },
    Omit<ReadFile, 'papers'>,
    ReadProgress
  >;
}

/** export.worker.ts: one worker writes one file. */
export interface ExportCalls {
  /** Adds papers to those that are written, in order. */
  take: Call<{ papers: ExportedPaper[] }, { count: number }>;
  /** `format`: id of an exporter (core/export/formats.ts). */
  write: Call<{ format: string; options: ExportOptions }, { bytes: ArrayBuffer; mediaType: string }, Count>;
}

/** search.worker.ts: index, vectors and neighbours of the whole library. Papers are identified by their slots. */
export interface SearchCalls {
  /** Starts over, from a saved index or an empty one. */
  restore: Call<{ segment: PostingSegment | null }, { size: number }>;
  add: Call<{ texts: SearchableText[] }, { size: number }>;
  remove: Call<{ slots: readonly number[] }, { size: number }>;
  save: Call<Record<never, never>, { segment: PostingSegment }>;
  /** `vectors` is slots × 384, L2-normalised. */
  setVectors: Call<{ slots: Int32Array; vectors: Float32Array }, { size: number }>;
  /** Row i of the graph is the paper of `slotOfRow[i]`, −1 for one that has been removed. */
  setNeighbours: Call<{ graph: NeighbourGraph; slotOfRow: Int32Array }, { size: number }>;
  search: Call<SearchRequest, Ranking>;
}

/** layout.worker.ts: computations in TypeScript, with no runtime to load. */
export interface LayoutCalls {
  /** UMAP on TF-IDF neighbours of the texts: the map before any vector exists. */
  provisional: Call<{ texts: string[]; parameters: LayoutParameters }, { positions: Positions }, Count>;
  /**
   * UMAP on a neighbour graph. Streams positions while it optimises. With `onto` (n × 2, NaN where unknown) every
   * streamed and final layout is registered onto that frame by rotation, reflection, scale and shift.
   */
  optimise: Call<
    { graph: NeighbourGraph; parameters: LayoutParameters; onto: Positions | null },
    { positions: Positions },
    Count & { positions: Positions }
  >;
  /** Places the papers whose position is NaN by their neighbours; the others are returned bit for bit. */
  place: Call<
    { graph: NeighbourGraph; positions: Positions; parameters: LayoutParameters },
    { positions: Positions }
  >;
  /** The same graph as `nearest` of RuntimeCalls, slower: for a device on which the runtime does not start. */
  nearest: Call<{ vectors: Float32Array; dim: number; k: number }, { graph: NeighbourGraph }, Count>;
  /** How badly the positions of papers placed later (1 in `placedLater`) fit the neighbour graph. */
  distortion: Call<
    { graph: NeighbourGraph; positions: Positions; placedLater: Uint8Array },
    { distortion: Distortion }
  >;
  /** Topics of the papers; topics of `before` are carried over. Row i of `graph`, `positions` and both groupings is paper i. */
  group: Call<
    { graph: NeighbourGraph; positions: Positions; papers: TopicText[]; before: Grouping | null },
    { grouping: Grouping }
  >;
  /** Pairs that look like the same paper twice, most certain first. Row i of `graph` is paper i. */
  duplicates: Call<{ papers: TitledPaper[]; graph: NeighbourGraph }, { pairs: DuplicatePair[] }, Count>;
}

/** runtime.worker.ts: one single-threaded onnxruntime-web. */
export interface RuntimeCalls {
  /** Fetches, checks and caches what is not cached yet. Progress in bytes over all assets. */
  store: Call<{ assets: Asset[] }, { stored: boolean }, Count>;
  /** Loads the runtime, the tokenizer and the model, and runs the canary. Fails with `backend-refused`. */
  open: Call<
    { backend: Backend; wasm: Asset; model: Asset; tokenizer: Asset },
    { canaryCosine: number },
    Count
  >;
  /** Token ids of every text, cut at `maxTokens` (special tokens included), one after the other. */
  tokenize: Call<{ texts: string[]; maxTokens: number }, TokenRows>;
  /** One batch, with ids from `tokenize`. Output rows × 384, L2-normalised; a row that is not finite is NaN. */
  embed: Call<TokenRows, { vectors: Float32Array }>;
  /** A few short texts in one message, cut at `maxTokens`. Output as that of `embed`. */
  embedTexts: Call<{ texts: string[]; maxTokens: number }, { vectors: Float32Array }>;
  /** The tokens of one short text, cut at `maxTokens` ([CLS] and [SEP] included), and their vectors. */
  tokenVectors: Call<{ text: string; maxTokens: number }, TokenVectors>;
  /** Exact cosine top k of each query row among `vectors`. Both are rows × dim, normalised. Needs `wasm` only. */
  nearest: Call<
    { wasm: Asset; queries: Float32Array; vectors: Float32Array; dim: number; k: number },
    { indices: Int32Array; similarities: Float32Array },
    Count
  >;
}

export type Request<Calls> = {
  [Name in keyof Calls & string]: Calls[Name] extends Call<infer Input, unknown, unknown>
    ? { kind: 'call'; id: number; name: Name; input: Input }
    : never;
}[keyof Calls & string];

/** Asks a call to stop. The call then replies with an error, which the client ignores: it has aborted. */
export interface Cancel {
  kind: 'cancel';
  id: number;
}

export type Reply =
  | { kind: 'result'; id: number; output: unknown }
  | { kind: 'progress'; id: number; progress: unknown }
  | { kind: 'error'; id: number; code: AppErrorCode | null; message: string; stack?: string };
