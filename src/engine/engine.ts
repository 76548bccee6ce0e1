import type { ExportedPaper, ExportOptions } from '../core/export/export';
import type { ColumnRole } from '../core/import/import';
import type { LayoutParameters, Positions } from '../core/layout/layout';
import type { Distortion } from '../core/layout/distortion';
import type { DuplicatePair, TitledPaper } from '../core/paper/catalogue/near-duplicates';
import type { TokenVectors } from '../core/explain/token-vectors';
import type { Grouping } from '../core/topic/topic';
import type { NeighbourGraph } from '../core/vector/neighbours';
import type { Attempt, BackendChoice } from './backends';
import type { PauseGate } from './pause-gate';
import type { Backend, Count, Precision, ReadFile, TopicText } from './protocol';

/** A paper as input of the model: `text` is `embeddedText` of core/paper/identity.ts. */
export interface EmbedPaper {
  textHash: string;
  text: string;
}

export interface EmbedProgress extends Count {
  /** From the rate so far, without pauses; null until the first batch is done. */
  secondsLeft: number | null;
}

export interface EmbedOptions {
  /**
   * Saves a batch: row i of `vectors` (rows × 384, L2-normalised, all finite) belongs to `textHashes[i]`. Batches come
   * in no particular order. Awaited; if it rejects, embedding stops with that error. The buffer is the caller's.
   */
  onVectors(textHashes: string[], vectors: Float32Array): Promise<void>;
  onProgress?: (progress: EmbedProgress) => void;
  signal?: AbortSignal | undefined;
  /** Awaited before each batch. */
  gate?: PauseGate | undefined;
}

interface Stoppable {
  /** Aborting rejects the call at once with the signal's reason. */
  signal?: AbortSignal | undefined;
}

export interface PreparedBackend {
  backend: Backend;
  /** Key of the vectors that it computes: `vectorKeyFor(backend.precision)` of built-assets.ts. */
  vectorKey: string;
}

/**
 * Everything that is computed in workers; implemented by createEngine in create-engine.ts. Inputs are copied, never
 * transferred, unless a line says so. Failures are AppErrors; aborting rejects with the signal's reason.
 */
export interface Engine {
  /**
   * Reads a digest file. Takes ownership of `bytes`. Fails with `asset-corrupt` when `sha256` is given and
   * differs, with `file-too-slow` when it takes longer than allowed for its size.
   */
  read(
    name: string,
    bytes: ArrayBuffer,
    options?: Stoppable & {
      sha256?: string;
      columnRoles?: readonly ColumnRole[];
      onProgress?: (count: Count) => void;
    },
  ): Promise<ReadFile>;

  /**
   * Writes `count` papers to a file, in a worker. `part` gives those from one place to another, when it is asked, so that
   * no step holds up the page. `format`: id of an exporter (core/export/formats.ts).
   */
  write(
    count: number,
    part: (from: number, to: number) => ExportedPaper[],
    format: string,
    options: ExportOptions,
    control?: Stoppable & { onProgress?: (count: Count) => void },
  ): Promise<Blob>;

  /** UMAP on TF-IDF neighbours: the map before there are vectors. */
  provisional(
    texts: string[],
    parameters: LayoutParameters,
    options?: Stoppable & { onProgress?: (count: Count) => void },
  ): Promise<Positions>;
  /** UMAP on `graph`, registered onto `onto` (n × 2, NaN where unknown) if given. The caller owns each array it gets. */
  optimise(
    graph: NeighbourGraph,
    parameters: LayoutParameters,
    onto: Positions | null,
    options?: Stoppable & { onPositions?: (positions: Positions, count: Count) => void },
  ): Promise<Positions>;
  /** Places the papers whose position is NaN; the others are returned bit for bit. */
  place(
    graph: NeighbourGraph,
    positions: Positions,
    parameters: LayoutParameters,
    options?: Stoppable,
  ): Promise<Positions>;
  /** How badly the positions of papers placed later (1 in `placedLater`) fit the neighbour graph. */
  distortion(
    graph: NeighbourGraph,
    positions: Positions,
    placedLater: Uint8Array,
    options?: Stoppable,
  ): Promise<Distortion>;
  /** Topics of the papers; topics of `before` are carried over. See groupPapers in core/topic/group.ts. */
  group(
    graph: NeighbourGraph,
    positions: Positions,
    papers: readonly TopicText[],
    before: Grouping | null,
    options?: Stoppable,
  ): Promise<Grouping>;
  /** Pairs that look like the same paper twice, most certain first. Row i of `graph` is paper i. */
  duplicates(
    papers: readonly TitledPaper[],
    graph: NeighbourGraph,
    options?: Stoppable & { onProgress?: (count: Count) => void },
  ): Promise<DuplicatePair[]>;

  /**
   * Chooses, loads and checks a backend. `prefer` is the precision of the vectors already in the library. Each candidate
   * must pass the canary check. Fails with the last candidate's error: `backend-refused`, `asset-missing`,
   * `asset-corrupt` or `worker-lost`. Another call tries again.
   */
  prepare(
    choice: BackendChoice,
    prefer: Precision | null,
    options?: Stoppable & { onBytes?: (count: Count) => void },
  ): Promise<PreparedBackend>;
  /** Backends tried in this session, oldest first. */
  diagnostics(): readonly Attempt[];
  /** The listener is called after each new attempt. Returns a function that removes it. */
  onDiagnostics(listener: () => void): () => void;

  /**
   * Embeds papers on the prepared backend. Resolves to the text hashes that have no vector: not finite, or their
   * batch killed three workers.
   */
  embed(papers: readonly EmbedPaper[], options: EmbedOptions): Promise<{ failed: string[] }>;

  /**
   * Vector of one short text (384 numbers, L2-normalised; NaN when the model's output is not finite), to be
   * compared with vectors of papers of this precision. On a worker of its own, which is opened with the first text
   * (about a second) and ended when it has been idle for a while; needs no prepared backend and delays none.
   */
  embedQuery(text: string, precision: Precision, options?: Stoppable): Promise<Float32Array>;
  /** As `embedQuery`, for several: texts × 384. Other calls may run between two texts. */
  embedTexts(texts: readonly string[], precision: Precision, options?: Stoppable): Promise<Float32Array>;
  /** On the same worker: the tokens of each text that the model reads, and their vectors, to explain a similarity. */
  tokenVectors(texts: readonly string[], precision: Precision, options?: Stoppable): Promise<TokenVectors[]>;

  /**
   * Exact k nearest neighbours by cosine of n × dim normalised rows; a row that is zero or not finite has none and
   * is a neighbour of none. Needs no prepared backend.
   */
  nearest(
    vectors: Float32Array,
    dim: number,
    k: number,
    options?: Stoppable & { onProgress?: (count: Count) => void },
  ): Promise<NeighbourGraph>;
  /** The exact graph of all rows, given that of the first `graph.n`. */
  grow(
    graph: NeighbourGraph,
    vectors: Float32Array,
    dim: number,
    options?: Stoppable & { onProgress?: (count: Count) => void },
  ): Promise<NeighbourGraph>;

  /** Fetches, checks and caches all that embedding needs offline, without opening it. False when the browser cannot cache it. */
  storeOffline(
    choice: BackendChoice,
    prefer: Precision | null,
    options?: Stoppable & { onBytes?: (count: Count) => void },
  ): Promise<boolean>;

  /** Whether everything that this device needs offline is stored, by a look into the cache. */
  isStoredOffline(choice: BackendChoice, prefer: Precision | null): Promise<boolean>;

  /** Deletes the files that `storeOffline` stored, to make room on a full disk. What is open goes on from memory. */
  deleteOffline(): Promise<void>;

  /** Ends idle runtime workers, the only way to free wasm memory. The next call starts them again. */
  release(): void;
  /** Replaces each worker once it is idle: by one that gets its content policy from the service worker. */
  replaceWorkers(): void;
  /** Ends every worker. Pending calls are rejected. */
  dispose(): void;
}
