import { AppError } from '../../core/errors';
import { Catalogue } from '../../core/paper/catalogue/catalogue';
import type { Change } from '../../core/paper/catalogue/change';
import type { Digest, Paper } from '../../core/paper/paper';
import type { LibraryChange, Store, Trashed } from '../../storage/store';
import { inDigestOrder, inOrderOfArrival } from './digest-order';
import { inSlices } from '../page/in-slices';
import type { OtherTabs } from '../page/other-tabs';

interface Deps {
  otherTabs: OtherTabs;
  /**
   * Called with all papers, those of hidden digests too, after each change of them or of what is hidden; of a batch now
   * and then.
   */
  onPapers: (papers: readonly Paper[]) => void;
  /** Called with the same once a batch is over, or a change of papers that belongs to none: for what takes its time. */
  onRest: (papers: readonly Paper[]) => void;
}

type Work<C extends Change> = (catalogue: Catalogue) => Generator<void, C>;

/** How often the page is told of changes while many files are read. */
const publishMs = 400;

/** The library's records, in memory as they are in the store, and the one way to change both. */
export class Ledger {
  readonly #deps: Deps;
  #catalogue = new Catalogue([], []);
  #revision = 0;
  #papers = $state.raw<readonly Paper[]>([]);
  #digests = $state.raw<readonly Digest[]>([]);
  #trash = $state.raw<readonly Trashed[]>([]);
  #hidden = '';
  #publishedAt = -Infinity;
  #batches = 0;
  #isAtRest = true;
  #isReloadDue = false;
  /** Changes may come before the database is open; they wait for what it holds. */
  #open: (store: Store) => void = () => undefined;
  readonly #opened = new Promise<Store>((resolve) => {
    this.#open = resolve;
  });
  #lastTurn: Promise<unknown> = this.#opened;

  constructor(deps: Deps) {
    this.#deps = deps;
    deps.otherTabs.listen(() => this.#reloadSoon());
  }

  /** In digest order: oldest digest first, each as its file gives it. */
  get papers(): readonly Paper[] {
    return this.#papers;
  }

  /** In the order of their arrival. */
  get digests(): readonly Digest[] {
    return this.#digests;
  }

  /** Newest first. */
  get trash(): readonly Trashed[] {
    return this.#trash;
  }

  /** To be asked; what changes it goes through `commit`. */
  get catalogue(): Catalogue {
    // read for its effect: an answer may change with the papers
    void this.#papers;
    return this.#catalogue;
  }

  /** Takes over what the store holds. Resolves to the number of records that are set aside. */
  async open(store: Store): Promise<number> {
    const quarantined = await this.#reload(store);
    this.#open(store);
    return quarantined;
  }

  /** Tells the page of changes only now and then until the work is done. */
  async inBatch(work: () => Promise<void>): Promise<void> {
    this.#batches++;
    try {
      await work();
    } finally {
      this.#batches--;
      this.#publish();
    }
  }

  /**
   * Works a change out, commits it, shows it; works it out anew when another tab was faster. Rejects with the signal's
   * reason when stopped, or with what the store says, and then nothing has changed.
   */
  commit<C extends Change>(
    /** Null where, by the time of its turn, there is nothing to do. */
    work: (catalogue: Catalogue) => Generator<void, C> | null,
    also: (change: C) => LibraryChange,
    signal?: AbortSignal,
  ): Promise<C | null> {
    return this.#inTurn(async () => {
      const store = await this.#opened;
      for (;;) {
        const working = work(this.#catalogue);
        if (working === null) return null;
        const change = await inSlices(working, signal);
        signal?.throwIfAborted();
        const records = also(change);
        try {
          this.#revision = await store.commit(recordsOf(change, records), this.#revision);
        } catch (error) {
          if (!isOutrun(error)) throw error;
          await this.#reload(store);
          continue;
        }
        this.#adopt(change, records);
        this.#deps.otherTabs.tell();
        return change;
      }
    });
  }

  /** For what can be had again: shows it before it is committed. When another tab was faster, what that did is shown. */
  showThenCommit(work: Work<Change>, records: () => LibraryChange): Promise<void> {
    return this.#inTurn(async () => {
      const store = await this.#opened;
      const change = await inSlices(work(this.#catalogue));
      const also = records();
      this.#adopt(change, also);
      try {
        this.#revision = await store.commit(recordsOf(change, also), this.#revision);
      } catch (error) {
        if (!isOutrun(error)) throw error;
        await this.#reload(store);
      }
    });
  }

  /** Another tab may tell of a thousand changes: what waits for its turn sees them all. */
  #reloadSoon(): void {
    if (this.#isReloadDue) return;
    this.#isReloadDue = true;
    void this.#inTurn(async () => {
      this.#isReloadDue = false;
      await this.#reload(await this.#opened);
    });
  }

  /** One change at a time: each starts from what the one before has made. */
  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#lastTurn.then(work, work);
    this.#lastTurn = turn.catch(() => undefined);
    return turn;
  }

  async #reload(store: Store): Promise<number> {
    const { papers, digests, decisions, trash, revision, quarantined } = await store.loadLibrary();
    this.#catalogue = new Catalogue(papers, decisions);
    this.#revision = revision;
    this.#digests = inOrderOfArrival(digests);
    this.#trash = trash.toSorted((a, b) => b.removedAt - a.removedAt);
    this.#publish();
    return quarantined;
  }

  #adopt(change: Change, { digests = [], removedDigests = [], trashed = [], untrashed = [] }: LibraryChange) {
    this.#catalogue.apply(change);
    const [gone, back] = [new Set(removedDigests), new Set(untrashed)];
    for (const { id } of digests) gone.add(id);
    for (const { digest } of trashed) back.add(digest.id);
    this.#digests = inOrderOfArrival([...this.#digests.filter(({ id }) => !gone.has(id)), ...digests]);
    this.#trash = [...trashed, ...this.#trash.filter(({ digest }) => !back.has(digest.id))];
    const isFrequent = this.#batches > 0 && performance.now() - this.#publishedAt < publishMs;
    if (!isFrequent) this.#publish();
  }

  #publish(): void {
    this.#publishedAt = performance.now();
    const papers = inDigestOrder(this.#catalogue.papers.values(), this.#digests);
    const isSame =
      papers.length === this.#papers.length && papers.every((paper, at) => paper === this.#papers[at]);
    const hidden = hiddenOf(this.#digests);
    if (!isSame) {
      this.#papers = papers;
      this.#isAtRest = false;
    }
    if (!isSame || hidden !== this.#hidden) {
      this.#hidden = hidden;
      this.#deps.onPapers(this.#papers);
    }
    if (this.#isAtRest || this.#batches > 0) return;
    this.#isAtRest = true;
    this.#deps.onRest(papers);
  }
}

/** Differs when others are hidden. */
function hiddenOf(digests: readonly Digest[]): string {
  const ids = digests.filter(({ isHidden }) => isHidden).map(({ id }) => id);
  return JSON.stringify(ids.sort());
}

/** A change of records only. */
export function* nothingOfPapers(): Generator<void, Change> {
  yield;
  return { put: [], removed: [], added: [], updated: [], known: [], decisions: [] };
}

function recordsOf(change: Change, records: LibraryChange): LibraryChange {
  return { ...records, papers: change.put, removedPapers: change.removed, decisions: change.decisions };
}

/** Whether another tab has committed since the library was loaded. */
function isOutrun(error: unknown): boolean {
  return error instanceof AppError && error.code === 'library-changed';
}
