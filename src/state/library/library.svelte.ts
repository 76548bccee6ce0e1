import { shownName } from '../../core/paper/digest-name';
import type { Decision, Digest, Paper, Sighting } from '../../core/paper/paper';
import type { Engine } from '../../engine/engine';
import type { ReadFile } from '../../engine/protocol';
import type { StoreContents, StoreFacets, Trashed } from '../../storage/store';
import { explain } from '../page/explain';
import { distinctNames } from './digest-names';
import { importReport, paperCount } from './file-report';
import { LibraryStore, noPaperChange } from './library-store.svelte';
import type { Notices } from '../page/notices.svelte';
import type { OtherTabs } from '../page/other-tabs';
import { ShippedDigests } from './shipped-digests';
import { expire, isExpired, isNameOnly, newDigest, ownFile, paperCounts } from './digests';

interface Deps {
  engine: Engine;
  store: Pick<StoreFacets, 'library'>;
  notices: Notices;
  otherTabs: OtherTabs;
  /** The folder of the shipped digests, with a slash at its end. */
  corpusUrl: string;
  now: () => number;
  /** See library-store.svelte.ts. */
  onPapers: (papers: readonly Paper[]) => void;
  onIdle: (papers: readonly Paper[]) => void;
  onCommitted?: () => void;
}

const trashMs = 30 * 24 * 60 * 60 * 1000;

/** Every paper and digest in this browser. */
export class Library {
  readonly #deps: Deps;
  readonly #store: LibraryStore;
  readonly #shipped: ShippedDigests;
  #isLoaded = $state(false);

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#store = new LibraryStore(deps);
    this.#shipped = new ShippedDigests({ ...deps, libraryStore: this.#store });
  }

  readonly #rankOf = $derived.by(
    () => new Map(this.#store.digests.map((digest, rank) => [digest.id, { digest, rank }])),
  );
  readonly #names = $derived.by(() => distinctNames(this.#store.digests));
  readonly #hidden = $derived.by(
    () => new Set(this.#store.digests.filter(({ isHidden }) => isHidden).map(({ id }) => id)),
  );
  readonly #paperCounts = $derived.by(() => paperCounts(this.#store.papers));
  readonly #papers = $derived.by(() => {
    const all = this.#store.papers;
    return this.#hidden.size === 0 ? all : all.filter((paper) => this.isShown(paper));
  });

  /** Those that the reader sees, in digest order: oldest digest first, each as its file gives it. */
  get papers(): readonly Paper[] {
    return this.#papers;
  }

  /** In the order of their arrival. */
  get digests(): readonly Digest[] {
    return this.#store.digests;
  }

  /** What was removed and can be brought back, newest first. */
  get trash(): readonly Trashed[] {
    return this.#store.trash;
  }

  /** Whether the reader has added anything that the site does not ship. */
  get hasOwnFiles(): boolean {
    return this.digests.some((digest) => digest.id.startsWith(ownFile));
  }

  /** False until the database and the shipped digests have been looked at. */
  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  /** How much the database holds, see LibraryStore. */
  get committed(): { revision: number; papers: number } | null {
    return this.#store.committed;
  }

  /** Everything that is in memory, see LibraryStore. */
  get contents(): StoreContents['library'] | null {
    return this.#store.contents;
  }

  /** By its id, or by any that it had before it was joined with another. */
  paper(id: string): Paper | undefined {
    return this.#store.catalogue.find(id);
  }

  digest(id: string): Digest | undefined {
    return this.#rankOf.get(id)?.digest;
  }

  /** As the reader sees it, different for each digest. */
  digestName(id: string): string {
    return this.#names.get(id) ?? id;
  }

  /** How many papers a digest holds now, with those that others hold too. */
  paperCount(id: string): number {
    return this.#paperCounts.get(id) ?? 0;
  }

  /** The digest that this very file became. */
  digestOfFile(sha256: string): Digest | undefined {
    return this.digests.find((digest) => digest.sha256 === sha256);
  }

  /** Whether a digest is hidden. */
  get hasHidden(): boolean {
    return this.#hidden.size > 0;
  }

  /** The digests that are hidden, and how many papers are only in them. */
  get hidden(): { digests: readonly Digest[]; papers: number } {
    const digests = this.digests.filter(({ isHidden }) => isHidden);
    return { digests, papers: this.#store.papers.length - this.papers.length };
  }

  /** Whether it is in the library, in a digest that is not hidden. */
  isShown(paper: Paper): boolean {
    if (!this.#store.catalogue.papers.has(paper.id)) return false;
    return this.#hidden.size === 0 || paper.sightings.some(({ digestId }) => !this.#hidden.has(digestId));
  }

  /** The current decisions of the reader about these pairs. */
  effectiveDecisions(pairs: readonly Decision[]): Decision[] {
    return this.#store.catalogue.effectiveDecisions(pairs);
  }

  /** Whether the reader has said that they are two papers. */
  isMarkedDistinct(a: Paper, b: Paper): boolean {
    return this.#store.catalogue.isMarkedDistinct(a, b);
  }

  /** Its record in each digest, in the order in which the digests were added. */
  sightings(paper: Paper): readonly Sighting[] {
    if (paper.sightings.length === 1) return paper.sightings;
    const rank = ({ digestId }: Sighting) => this.#rankOf.get(digestId)?.rank ?? Infinity;
    return paper.sightings.toSorted((a, b) => rank(a) - rank(b) || a.position - b.position);
  }

  /** When the first digest that holds it was added, ms since the epoch. */
  arrivedAt(paper: Paper): number {
    const digests = this.#rankOf;
    let first = Infinity;
    for (const { digestId } of paper.sightings) {
      first = Math.min(first, digests.get(digestId)?.digest.addedAt ?? Infinity);
    }
    return first;
  }

  /** Reads what is stored, then the shipped digests that are not stored yet. Rejects when the database cannot be read. */
  async load(): Promise<void> {
    const quarantined = await this.#store.load();
    if (quarantined > 0) {
      this.#deps.notices.show({
        subject: 'quarantine',
        kind: 'fact',
        text: `${quarantined} damaged ${quarantined === 1 ? 'record was' : 'records were'} set aside. Everything else is here.`,
        action: null,
      });
    }
    await this.readCorpus();
    await this.#emptyTrash().catch(() => {
      // What is too old to be brought back only takes room, and is dropped at the next visit.
    });
    this.#isLoaded = true;
  }

  /** Publishes changes only now and then until the work is done. */
  inBatch(work: () => Promise<void>): Promise<void> {
    return this.#store.inBatch(work);
  }

  /**
   * Commits what a file holds, then shows it. `replacing`: what was read from the digest before was misread and is dropped.
   * `newestBefore` is the newest day of the imports before the one that the file is a part of.
   * Rejects with the signal's reason when stopped, and then nothing has changed.
   */
  async addDigest(
    file: string,
    read: ReadFile,
    how: 'importing' | 'replacing',
    newestBefore: string | undefined,
    signal: AbortSignal,
  ): Promise<{ digest: Digest; added: string[] }> {
    const id = ownFile + read.sha256.slice(0, 16);
    let digest = newDigest(id, file, read, this.#deps.now());
    const change = await this.#store.commit(
      (catalogue) =>
        how === 'replacing' ? catalogue.replacing(id, read.papers) : catalogue.importing(id, read.papers),
      (change) => {
        const { ownName, isHidden } = this.digest(id) ?? {};
        digest = {
          ...digest,
          count: paperCount(change),
          report: importReport(read, change, newestBefore),
          ...(ownName === undefined ? {} : { ownName }),
          ...(isHidden === undefined ? {} : { isHidden }),
        };
        return { digests: [digest], untrashed: [id] };
      },
      signal,
    );
    return { digest, added: change?.added ?? [] };
  }

  /**
   * Puts back papers of a digest that are missing although its file was read, as after a damaged record was set aside.
   * Resolves to their number. Rejects as `addDigest`.
   */
  async completeDigest({ id }: Digest, read: ReadFile, signal: AbortSignal): Promise<number> {
    const change = await this.#store.commit(
      (catalogue) => catalogue.completing(id, read.papers),
      () => ({}),
      signal,
    );
    return change === null ? 0 : paperCount(change);
  }

  /** `''` restores the name that it came with. */
  async renameDigest(id: string, name: string): Promise<void> {
    await this.#changeDigest(id, (digest) => {
      const ownName = name.trim();
      delete digest.ownName;
      if (ownName !== '' && ownName !== digest.name) digest.ownName = ownName;
    });
  }

  /** Hides it or shows it again. */
  async hideDigest(id: string, { isHidden }: { isHidden: boolean }): Promise<void> {
    await this.#changeDigest(id, (digest) => {
      delete digest.isHidden;
      if (isHidden) digest.isHidden = true;
    });
  }

  async showAllDigests(): Promise<void> {
    for (const { id } of this.hidden.digests) await this.hideDigest(id, { isHidden: false });
  }

  /** Removes it with its papers, but for those that other digests hold. It can be brought back for 30 days. */
  async removeDigest(id: string): Promise<void> {
    const removedAt = this.#deps.now();
    // looked up when its turn comes: a second click, or another tab, may have removed it meanwhile
    let digest = this.digest(id);
    const isRemoved = await this.#attempt(() =>
      this.#store.commit(
        (catalogue) => {
          digest = this.digest(id);
          return digest === undefined ? null : catalogue.removing(id);
        },
        ({ sightings }) => {
          const count = paperCounts(this.#store.catalogue.papers.values()).get(id) ?? 0;
          const trashed =
            digest === undefined ? [] : [{ digest: { ...digest, count }, sightings, removedAt }];
          return { removedDigests: [id], trashed };
        },
      ),
    );
    if (!isRemoved || digest === undefined) return;
    this.#deps.notices.show({
      subject: 'removed',
      kind: 'fact',
      text: `“${shownName(digest)}” was removed. It can be brought back from Digests for 30 days.`,
      action: { label: 'Undo', run: () => void this.restoreDigest(id) },
    });
  }

  async restoreDigest(id: string): Promise<void> {
    this.#deps.notices.dismiss('removed');
    let trashed: Trashed | undefined;
    const isBack = await this.#attempt(() =>
      this.#store.commit(
        (catalogue) => {
          trashed = this.trash.find(({ digest }) => digest.id === id);
          return trashed === undefined ? null : catalogue.restoring(trashed.sightings);
        },
        () => ({
          digests: trashed === undefined || isNameOnly(trashed) ? [] : [trashed.digest],
          untrashed: [id],
        }),
      ),
    );
    // of a shipped digest that left the trash long ago only its name was left: it is read again
    if (isBack && trashed !== undefined && isNameOnly(trashed)) await this.readCorpus();
  }

  /** Commits the reader's decisions on what is one paper and what is not. False, with a notice, when they could not be saved. */
  decide(decisions: readonly Decision[]): Promise<boolean> {
    return this.#attempt(() =>
      this.#store.commit(
        function* (catalogue) {
          yield;
          return catalogue.deciding(decisions);
        },
        () => ({}),
      ),
    );
  }

  /** Reads the digests that the site ships and this browser does not hold yet. */
  readCorpus(): Promise<void> {
    return this.#shipped.readMissing();
  }

  /** Whether something was done. What could not be saved has not been done, and a notice says so. */
  async #attempt(commit: () => Promise<unknown>): Promise<boolean> {
    try {
      return (await commit()) !== null;
    } catch (error) {
      this.#deps.notices.show({
        subject: 'store',
        kind: 'failure',
        text: `Nothing was changed, because it could not be saved: ${explain(error)}`,
        action: null,
      });
      return false;
    }
  }

  /** `change` is given a copy. */
  async #changeDigest(id: string, change: (digest: Digest) => void): Promise<void> {
    await this.#attempt(() =>
      this.#store.commit(noPaperChange, () => {
        const digest = this.digest(id);
        if (digest === undefined) return {};
        const changed = { ...digest };
        change(changed);
        return { digests: [changed] };
      }),
    );
  }

  async #emptyTrash(): Promise<void> {
    const firstDay = this.#deps.now() - trashMs;
    if (!this.trash.some((each) => isExpired(each, firstDay))) return;
    await this.#store.commit(noPaperChange, () => expire(this.trash, firstDay));
  }
}
