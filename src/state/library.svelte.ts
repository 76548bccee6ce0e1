import { AppError } from '../core/errors';
import { Catalogue } from '../core/paper/catalogue';
import type { Change } from '../core/paper/change';
import type { Decision, Digest, IdentifiedPaper, Paper, Sighting } from '../core/paper/paper';
import type { Engine } from '../engine/engine';
import type { ReadFile } from '../engine/protocol';
import type { LibraryChange, Store, Trashed } from '../storage/store';
import { readCorpus } from './corpus';
import { inDigestOrder, inOrderOfArrival } from './digest-order';
import { explain } from './explain';
import { importReport } from './file-report';
import { inSlices } from './in-slices';
import type { Notices } from './notices.svelte';
import type { OtherTabs } from './other-tabs';

interface Deps {
  engine: Engine;
  notices: Notices;
  otherTabs: OtherTabs;
  /** The folder of the shipped digests, with a slash at its end. */
  corpusUrl: string;
  now: () => number;
  /** Called with all papers, those of hidden digests too, after each change. */
  onPapers: (papers: readonly Paper[]) => void;
}

type Work<C extends Change> = (catalogue: Catalogue) => Generator<void, C>;

/** How the ids of digests begin that the reader added; those that the site ships are named by its index. */
const ownFile = 'file:';
const trashMs = 30 * 24 * 60 * 60 * 1000;
/** How often the page is told of changes while many files are read. */
const publishMs = 400;

/** Every paper and digest in this browser. */
export class Library {
  readonly #deps: Deps;
  #catalogue = new Catalogue([], []);
  #revision = 0;
  #all = $state.raw<readonly Paper[]>([]);
  #digests = $state.raw<readonly Digest[]>([]);
  #trash = $state.raw<readonly Trashed[]>([]);
  #isLoaded = $state(false);
  #publishedAt = -Infinity;
  #batches = 0;
  /** Files may be dropped before the database is open; they wait for what it holds. */
  #open: (store: Store) => void = () => undefined;
  readonly #opened = new Promise<Store>((resolve) => {
    this.#open = resolve;
  });
  #lastTurn: Promise<unknown> = this.#opened;

  constructor(deps: Deps) {
    this.#deps = deps;
    deps.otherTabs.listen(() => void this.#inTurn(async () => this.#reload(await this.#opened)));
  }

  readonly #digestOf = $derived(new Map(this.#digests.map((digest) => [digest.id, digest])));
  readonly #hidden = $derived(new Set(this.#digests.filter((each) => each.isHidden).map(({ id }) => id)));
  readonly #papers = $derived(
    this.#hidden.size === 0 ? this.#all : this.#all.filter((paper) => this.isShown(paper)),
  );

  /** Those that the reader sees, in digest order: oldest digest first, each as its file gives it. */
  get papers(): readonly Paper[] {
    return this.#papers;
  }

  /** In the order of their arrival. */
  get digests(): readonly Digest[] {
    return this.#digests;
  }

  /** What was removed and can be brought back, newest first. */
  get trash(): readonly Trashed[] {
    return this.#trash;
  }

  /** Whether the reader has added anything that the site does not ship. */
  get hasOwnFiles(): boolean {
    return this.#digests.some((digest) => digest.id.startsWith(ownFile));
  }

  /** False until the database and the shipped digests have been looked at. */
  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  /** By its id, or by any that it had before it was joined with another. */
  paper(id: string): Paper | undefined {
    // read for its effect: an answer may change with the papers
    void this.#all;
    return this.#catalogue.find(id);
  }

  digest(id: string): Digest | undefined {
    return this.#digestOf.get(id);
  }

  /** Whether a digest that is not hidden holds it. */
  isShown(paper: Paper): boolean {
    return this.#hidden.size === 0 || paper.sightings.some(({ digestId }) => !this.#hidden.has(digestId));
  }

  /** Whether the reader has said that they are two. */
  isHeldApart(a: Paper, b: Paper): boolean {
    void this.#all;
    return this.#catalogue.isHeldApart(a, b);
  }

  /** What digests say of it, in the order in which they were added. */
  sightings(paper: Paper): readonly Sighting[] {
    if (paper.sightings.length === 1) return paper.sightings;
    return paper.sightings.toSorted(
      (a, b) => this.#rank(a.digestId) - this.#rank(b.digestId) || a.position - b.position,
    );
  }

  /** When the first digest that holds it was added, ms since the epoch. */
  arrivedAt(paper: Paper): number {
    return Math.min(...paper.sightings.map(({ digestId }) => this.digest(digestId)?.addedAt ?? Infinity));
  }

  async load(store: Store): Promise<void> {
    const quarantined = await this.#reload(store);
    this.#open(store);
    if (quarantined > 0) {
      this.#deps.notices.show({
        subject: 'quarantine',
        kind: 'fact',
        text: `${quarantined} damaged ${quarantined === 1 ? 'record was' : 'records were'} set aside. Everything else is here.`,
        action: null,
      });
    }
    await this.bringCorpus();
    await this.#emptyTrash();
    this.#isLoaded = true;
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
   * Commits what a file holds, then shows it. `replacing`: what the digest said before was misread and is forgotten.
   * Rejects with the signal's reason when stopped, and then nothing has changed.
   */
  async addDigest(
    file: string,
    read: ReadFile,
    how: 'importing' | 'replacing',
    signal: AbortSignal,
  ): Promise<{ digest: Digest; added: string[] }> {
    const id = ownFile + read.sha256.slice(0, 16);
    let digest = this.#newDigest(id, file, read);
    const newestBefore = this.#newestDate();
    const change = await this.#commit(
      (catalogue) => catalogue[how](id, read.papers),
      (change) => {
        const before = this.digest(id);
        digest = { ...digest, report: importReport(read, change, newestBefore) };
        if (before?.ownName !== undefined) digest.ownName = before.ownName;
        return { digests: [digest], untrashed: [id] };
      },
      signal,
    );
    return { digest, added: change.added };
  }

  hasFile(sha256: string): Digest | undefined {
    return this.#digests.find((digest) => digest.sha256 === sha256);
  }

  /** `''` gives back the name that it came with. */
  async renameDigest(id: string, name: string): Promise<void> {
    await this.#changeDigest(id, ({ ownName: _, ...digest }) => {
      const ownName = name.trim();
      return ownName === '' || ownName === digest.name ? digest : { ...digest, ownName };
    });
  }

  async hideDigest(id: string): Promise<void> {
    await this.#changeDigest(id, (digest) => ({ ...digest, isHidden: true }));
  }

  async showDigest(id: string): Promise<void> {
    await this.#changeDigest(id, ({ isHidden: _, ...digest }) => digest);
  }

  /** With its papers, but for those that other digests hold. It can be brought back for 30 days. */
  async removeDigest(id: string): Promise<void> {
    const digest = this.digest(id);
    if (digest === undefined) return;
    const removedAt = this.#deps.now();
    await this.#commit(
      (catalogue) => catalogue.removing(id),
      ({ sightings }) => ({ removedDigests: [id], trashed: [{ digest, sightings, removedAt }] }),
    );
    this.#deps.notices.show({
      subject: 'removed',
      kind: 'fact',
      text: `“${digest.ownName ?? digest.name}” was removed. It can be brought back from Digests for 30 days.`,
      action: { label: 'Undo', run: () => void this.restoreDigest(id) },
    });
  }

  async restoreDigest(id: string): Promise<void> {
    const trashed = this.#trash.find(({ digest }) => digest.id === id);
    if (trashed === undefined) return;
    this.#deps.notices.dismiss('removed');
    await this.#commit(
      (catalogue) => catalogue.restoring(trashed.sightings),
      () => ({ digests: trashed.sightings.length === 0 ? [] : [trashed.digest], untrashed: [id] }),
    );
    // of a shipped digest that left the trash long ago only its name was kept: it is read again
    if (trashed.sightings.length === 0) await this.bringCorpus();
  }

  /** Takes the reader's word on what is one paper and what is not. */
  async decide(decisions: readonly Decision[]): Promise<void> {
    await this.#commit(
      (catalogue) => atOnce(() => catalogue.deciding(decisions)),
      () => ({}),
    );
  }

  /** Reads the digests that the site ships and this browser does not hold yet. What it ships can be read again. */
  async bringCorpus(): Promise<void> {
    try {
      await readCorpus(this.#deps.corpusUrl, this.#deps.engine, {
        has: (entry) =>
          this.digest(entry.id)?.sha256 === entry.sha256 ||
          this.#trash.some(({ digest }) => digest.id === entry.id),
        take: async (entry, read) => {
          const digest = { ...this.#newDigest(entry.id, entry.file, read), name: entry.name };
          if (entry.date !== undefined) digest.date = entry.date;
          await this.#adoptShipped(digest, read.papers);
        },
      });
      this.#deps.notices.dismiss('corpus');
    } catch (error) {
      this.#deps.notices.show({
        subject: 'corpus',
        kind: 'failure',
        text: `The papers that come with this site could not be read: ${explain(error)} Your own files can be added all the same.`,
        action: { label: 'Try again', run: () => void this.bringCorpus() },
      });
    }
  }

  /** Shown before it is committed: what the site ships can be read again. */
  #adoptShipped(shipped: Digest, papers: readonly IdentifiedPaper[]): Promise<void> {
    return this.#inTurn(async () => {
      const store = await this.#opened;
      const digest = { ...this.digest(shipped.id), ...shipped };
      const change = await inSlices(this.#catalogue.importing(digest.id, papers));
      const before = this.#revision;
      this.#adopt(change, { digests: [digest] });
      try {
        this.#revision = await store.commit(recordsOf(change, { digests: [digest] }), before);
      } catch (error) {
        // another tab has brought it
        if (isStale(error)) await this.#reload(store);
        else {
          this.#deps.notices.show({
            subject: 'store',
            kind: 'failure',
            text: `The papers are here but could not be kept for the next visit: ${explain(error)}`,
            action: null,
          });
        }
      }
    });
  }

  async #changeDigest(id: string, change: (digest: Digest) => Digest): Promise<void> {
    await this.#commit(
      () => atOnce(() => nothing),
      () => {
        const digest = this.digest(id);
        return { digests: digest === undefined ? [] : [change(digest)] };
      },
    );
  }

  /** What cannot be brought back any more. Of a shipped digest the name stays, so that it is not read anew. */
  async #emptyTrash(): Promise<void> {
    const old = this.#trash.filter(
      ({ removedAt, sightings }) => sightings.length > 0 && removedAt < this.#deps.now() - trashMs,
    );
    if (old.length === 0) return;
    const [own, shipped] = [true, false].map((isOwn) =>
      old.filter(({ digest }) => digest.id.startsWith(ownFile) === isOwn),
    );
    await this.#commit(
      () => atOnce(() => nothing),
      () => ({
        untrashed: own?.map(({ digest }) => digest.id) ?? [],
        trashed: shipped?.map((each) => ({ ...each, sightings: [] })) ?? [],
      }),
    );
  }

  /** Works a change out, commits it, shows it; works it out anew when another tab was faster. */
  #commit<C extends Change>(
    work: Work<C>,
    also: (change: C) => LibraryChange,
    signal?: AbortSignal,
  ): Promise<C> {
    return this.#inTurn(async () => {
      const store = await this.#opened;
      for (;;) {
        const change = await inSlices(work(this.#catalogue), signal);
        signal?.throwIfAborted();
        const records = also(change);
        try {
          this.#revision = await store.commit(recordsOf(change, records), this.#revision);
        } catch (error) {
          if (!isStale(error)) throw error;
          await this.#reload(store);
          continue;
        }
        this.#adopt(change, records);
        this.#deps.otherTabs.tell();
        return change;
      }
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
    const isSame = papers.length === this.#all.length && papers.every((paper, at) => paper === this.#all[at]);
    if (isSame) return;
    this.#all = papers;
    this.#deps.onPapers(papers);
  }

  #rank(digestId: string): number {
    return this.#digests.findIndex(({ id }) => id === digestId);
  }

  #newDigest(id: string, file: string, read: ReadFile): Digest {
    return {
      id,
      name: read.digestName,
      ...(read.date === undefined ? {} : { date: read.date }),
      format: read.format ?? 'unknown',
      file,
      sha256: read.sha256,
      count: read.papers.length,
      addedAt: this.#deps.now(),
    };
  }

  /** Of all that was imported so far. */
  #newestDate(): string | undefined {
    return this.#digests
      .flatMap(({ report }) => report?.newestDate ?? [])
      .toSorted()
      .at(-1);
  }
}

const nothing: Change = { put: [], removed: [], added: [], updated: [], known: [], decisions: [] };

// eslint-disable-next-line require-yield
function* atOnce<Result>(work: () => Result): Generator<void, Result> {
  return work();
}

function recordsOf(change: Change, records: LibraryChange): LibraryChange {
  return { ...records, papers: change.put, removedPapers: change.removed, decisions: change.decisions };
}

function isStale(error: unknown): boolean {
  return error instanceof AppError && error.code === 'library-changed';
}
