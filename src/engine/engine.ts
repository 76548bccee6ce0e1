import type { ColumnRole } from '../core/import/import';
import type { LayoutParameters, Positions } from '../core/layout/layout';
import type { Strain } from '../core/layout/distortion';
import type { DuplicatePair, TitledPaper } from '../core/paper/catalogue/near-duplicates';
import type { TokenVectors } from '../core/explain/token-vectors';
import type { Grouping } from '../core/topic/topic';
import type { NeighbourGraph } from '../core/vector/neighbours';
import type { Attempt, BackendChoice } from './backends';
import type { PauseGate } from './pause-gate';
import type { Backend, Count, Precision, ReadFile, TopicText } from './protocol';

/** A paper as the model sees it: `text` is `embeddedText` of core/paper/identity.ts. */
export interface EmbedPaper {
  textHash: string;
  text: string;
}

export interface EmbedProgress extends Count {
  /** From the running rate, pauses left out; null until the first batch is done. */
  secondsLeft: number | null;
}

export interface EmbedOptions {
  /**
   * Commits a batch: row i of `vectors` (rows × 384, L2-normalised, all finite) belongs to `textHashes[i]`. Batches come
   * in no particular order. Awaited; if it rejects, embedding stops with that error. The buffer is the caller's.
   */
  onVectors(textHashes: string[], vectors: Float32Array): Promise<void>;
  onProgress?: (progress: EmbedProgress) => void;
  signal?: AbortSignal | undefined;
  /** Passed before each batch. */
  gate?: PauseGate | undefined;
}

interface Stoppable {
  /** Aborting rejects the call at once with the signal's reason. */
  signal?: AbortSignal | undefined;
}

export interface PreparedBackend {
  backend: Backend;
  /** Key of the vectors it makes; equals built-assets.ts’s `vectorKeyFor(backend.precision)`. */
  vectorKey: string;
}

/**
 * Everything that is computed off the page; made by createEngine in create-engine.ts. Inputs are copied, never taken, unless a line says so. Failures are
 * AppErrors; aborting rejects with the signal's reason.
 */
export interface Engine {
  /**
   * Reads a digest file. Takes ownership of `bytes`. `asset-corrupt` when `sha256` is given and another,
   * `file-too-slow` when it takes longer than a file of its size may.
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

  /** UMAP on TF-IDF neighbours: the map before any vector exists. */
  provisional(
    texts: string[],
    parameters: LayoutParameters,
    options?: Stoppable & { onProgress?: (count: Count) => void },
  ): Promise<Positions>;
  /** UMAP on `graph`, registered onto `onto` (n × 2, NaN where unknown) if given. Each array handed out is the caller's. */
  settle(
    graph: NeighbourGraph,
    parameters: LayoutParameters,
    onto: Positions | null,
    options?: Stoppable & { onPositions?: (positions: Positions, count: Count) => void },
  ): Promise<Positions>;
  /** Places the papers whose position is NaN; the others come back bit for bit. */
  place(
    graph: NeighbourGraph,
    positions: Positions,
    parameters: LayoutParameters,
    options?: Stoppable,
  ): Promise<Positions>;
  /** How far a map that grew has come away from its graph; `isGrown` holds 1 for the papers placed later. */
  strain(
    graph: NeighbourGraph,
    positions: Positions,
    isGrown: Uint8Array,
    options?: Stoppable,
  ): Promise<Strain>;
  /** Topics of the papers, going on from those `before`; see groupInSlices in core/topic/group.ts. */
  group(
    graph: NeighbourGraph,
    positions: Positions,
    papers: readonly TopicText[],
    before: Grouping | null,
    options?: Stoppable,
  ): Promise<Grouping>;
  /** Pairs of papers that look like one, surest first. Row i of `graph` is paper i. */
  duplicates(
    papers: readonly TitledPaper[],
    graph: NeighbourGraph,
    options?: Stoppable & { onProgress?: (count: Count) => void },
  ): Promise<DuplicatePair[]>;

  /**
   * Chooses, loads and proves a backend. `prefer` is the precision of the vectors already in the library. Each candidate
   * is admitted only after its canary. Fails with the last candidate's error: `backend-refused`, `asset-missing`,
   * `asset-corrupt` or `worker-lost`. Calling again tries again.
   */
  prepare(
    choice: BackendChoice,
    prefer: Precision | null,
    options?: Stoppable & { onBytes?: (count: Count) => void },
  ): Promise<PreparedBackend>;
  /** What was tried in this session, oldest first. */
  diagnostics(): readonly Attempt[];
  /** Called after each new attempt. Returns the way to stop listening. */
  onDiagnostics(listener: () => void): () => void;

  /**
   * Embeds papers on the prepared backend. Resolves to the text hashes that have no vector: not finite, or their
   * batch killed three workers.
   */
  embed(papers: readonly EmbedPaper[], options: EmbedOptions): Promise<{ failed: string[] }>;

  /**
   * Vector of one short text (384 numbers, L2-normalised; NaN when the model makes no sense of it), to be compared
   * with those of papers of this precision. On a worker of its own, which is opened with the first text (about a
   * second) and ended when it has had nothing to do for a while; needs no prepared backend, and disturbs none.
   */
  embedQuery(text: string, precision: Precision, options?: Stoppable): Promise<Float32Array>;
  /** As `embedQuery`, of several: texts × 384. Between two texts others have their turn. */
  embedTexts(texts: readonly string[], precision: Precision, options?: Stoppable): Promise<Float32Array>;
  /** On the same worker: the tokens of each text as far as the model reads it, to explain a similarity by. */
  tokenVectors(texts: readonly string[], precision: Precision, options?: Stoppable): Promise<TokenVectors[]>;

  /**
   * Exact k nearest neighbours by cosine of n × dim normalised rows; a row that is zero or not finite has none and
   * is nobody's. Needs no prepared backend.
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

  /** Fetches, checks and keeps all that embedding will need offline, opening nothing. False when the browser cannot keep it. */
  storeOffline(
    choice: BackendChoice,
    prefer: Precision | null,
    options?: Stoppable & { onBytes?: (count: Count) => void },
  ): Promise<boolean>;

  /** Ends idle runtime workers: wasm memory is only given back so. The next call starts them again. */
  release(): void;
  /** Ends every worker. Pending calls are rejected. */
  dispose(): void;
}
