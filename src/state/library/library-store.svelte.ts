import { SerialQueue } from '../../core/async/serial-queue';
import { AppError } from '../../core/errors';
import { Catalogue } from '../../core/paper/catalogue/catalogue';
import type { Change } from '../../core/paper/catalogue/change';
import type { Digest, Paper } from '../../core/paper/paper';
import type { LibraryChange, StoreContents, StoreFacets, Trashed } from '../../storage/store';
import { inDigestOrder, inOrderOfArrival } from './digests';
import { runOnPage } from '../../engine/slices';
import type { OtherTabs } from '../page/other-tabs';

interface Deps {
  store: Pick<StoreFacets, 'library'>;
  otherTabs: OtherTabs;
  /**
   * Called with all papers, those of hidden digests too, after each change of them or of what is hidden; during a batch only
   * now and then.
   */
  onPapers: (papers: readonly Paper[]) => void;
  /** Called with the same once a batch is over, or after a change that belongs to none: for work that takes its time. */
  onIdle: (papers: readonly Paper[]) => void;
  /** Called whenever memory and database hold the same: after reading, and after each commit. */
  onCommitted?: (() => void) | undefined;
}

type Work<C extends Change> = (catalogue: Catalogue) => Generator<void, C>;

/** How often changes are published while many files are read. */
const publishMs = 400;

/** The library's records, the same in memory and in the database. All changes of either go through here. */
export class LibraryStore {
  readonly #deps: Deps;
  #catalogue = new Catalogue([], []);
  #revision = 0;
  #papers = $state.raw<readonly Paper[]>([]);
  #digests = $state.raw<readonly Digest[]>([]);
  #trash = $state.raw<readonly Trashed[]>([]);
  #hidden = '';
  #publishedAt = -Infinity;
  #batches = 0;
  #isIdle = true;
  #isReloadDue = false;
  #isRead = false;
  #isCommitted = false;
  #hasLoaded: () => void = () => undefined;
  /** One change at a time, each computed from the result of the one before. Changes that come before the library is loaded wait. */
  readonly #queue = new SerialQueue(
    new Promise<void>((resolve) => {
      this.#hasLoaded = resolve;
    }),
  );

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

  /** For reading; changes go through `commit`. */
  get catalogue(): Catalogue {
    // read to make callers depend on it: answers may change with the papers
    void this.#papers;
    return this.#catalogue;
  }

  /** The library as the database holds it; null before it was read, and while something is shown that is not saved. */
  get committed(): { revision: number; papers: number } | null {
    return this.#isCommitted ? { revision: this.#revision, papers: this.#catalogue.papers.size } : null;
  }

  /** Everything that is in memory; null before the database was read. */
  get contents(): StoreContents['library'] | null {
    if (!this.#isRead) return null;
    return {
      papers: [...this.#catalogue.papers.values()],
      digests: [...this.#digests],
      decisions: [...this.#catalogue.decisions],
      trash: [...this.#trash],
      revision: this.#revision,
    };
  }

  /** Reads what is stored. Resolves to the number of records in the quarantine; rejects when the database cannot be read. */
  async load(): Promise<number> {
    const quarantined = await this.#reload();
    this.#hasLoaded();
    return quarantined;
  }

  /** Publishes changes only now and then until the work is done. */
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
   * Computes a change, commits it, then shows it, unless it changes nothing; computes it again when another tab has committed meanwhile. Rejects with the signal's
   * reason when stopped, or as the store does, and then nothing has changed.
   */
  commit<C extends Change>(
    /** Null when its turn comes and there is nothing left to do. */
    work: (catalogue: Catalogue) => Generator<void, C> | null,
    also: (change: C) => LibraryChange,
    signal?: AbortSignal,
  ): Promise<C | null> {
    return this.#queue.run(async () => {
      for (;;) {
        const working = work(this.#catalogue);
        if (working === null) return null;
        const change = await runOnPage(working, signal);
        signal?.throwIfAborted();
        const records = also(change);
        if (isEmpty(change, records)) return change;
        try {
          this.#revision = await this.#deps.store.library.commit(recordsOf(change, records), this.#revision);
        } catch (error) {
          if (!isOutdated(error)) throw error;
          await this.#reload();
          continue;
        }
        this.#adopt(change, records);
        this.#deps.onCommitted?.();
        this.#deps.otherTabs.notify();
        return change;
      }
    });
  }

  /** For what can be read again: shows it before it is committed. When another tab has committed meanwhile, its result is shown. */
  showThenCommit(work: Work<Change>, records: (change: Change) => LibraryChange): Promise<void> {
    return this.#queue.run(async () => {
      const change = await runOnPage(work(this.#catalogue));
      const also = records(change);
      this.#isCommitted = false;
      this.#adopt(change, also);
      try {
        this.#revision = await this.#deps.store.library.commit(recordsOf(change, also), this.#revision);
        this.#isCommitted = true;
        this.#deps.onCommitted?.();
      } catch (error) {
        if (!isOutdated(error)) throw error;
        await this.#reload();
      }
    });
  }

  /** Another tab may report a thousand changes: one reload that waits for its turn covers them all. */
  #reloadSoon(): void {
    if (this.#isReloadDue) return;
    this.#isReloadDue = true;
    void this.#queue.run(async () => {
      this.#isReloadDue = false;
      await this.#reload();
    });
  }

  async #reload(): Promise<number> {
    const { papers, digests, decisions, trash, revision, quarantined } =
      await this.#deps.store.library.load();
    this.#catalogue = new Catalogue(papers, decisions);
    this.#revision = revision;
    this.#isRead = true;
    this.#isCommitted = true;
    this.#digests = inOrderOfArrival(digests);
    this.#trash = trash.toSorted((a, b) => b.removedAt - a.removedAt);
    this.#publish();
    this.#deps.onCommitted?.();
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
      this.#isIdle = false;
    }
    if (!isSame || hidden !== this.#hidden) {
      this.#hidden = hidden;
      this.#deps.onPapers(this.#papers);
    }
    if (this.#isIdle || this.#batches > 0) return;
    this.#isIdle = true;
    this.#deps.onIdle(papers);
  }
}

/** The ids of hidden digests as one string, to be compared. */
function hiddenOf(digests: readonly Digest[]): string {
  const ids = digests.filter(({ isHidden }) => isHidden).map(({ id }) => id);
  return JSON.stringify(ids.sort());
}

/** A change of records that leaves all papers as they are. */
export function* noPaperChange(): Generator<void, Change> {
  yield;
  return { put: [], removed: [], added: [], updated: [], known: [], repeated: [], decisions: [] };
}

function recordsOf(change: Change, records: LibraryChange): LibraryChange {
  return { ...records, papers: change.put, removedPapers: change.removed, decisions: change.decisions };
}

function isEmpty({ put, removed, decisions }: Change, records: LibraryChange): boolean {
  return put.length + removed.length + decisions.length === 0 && Object.keys(records).length === 0;
}

/** Whether another tab has committed since the library was loaded. */
function isOutdated(error: unknown): boolean {
  return error instanceof AppError && error.code === 'library-changed';
}
