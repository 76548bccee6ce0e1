import { SvelteMap } from 'svelte/reactivity';
import { MAX_FILE_BYTES } from '../core/import/import';
import { readCorpusIndex, type CorpusEntry } from '../core/import/corpus-index';
import { AppError } from '../core/errors';
import { mergeImport, type Merge } from '../core/paper/merge';
import type { Digest, Paper } from '../core/paper/paper';
import type { Engine } from '../engine/engine';
import type { ReadFile } from '../engine/protocol';
import type { Store } from '../storage/store';
import { explain } from './explain';
import { beginReport, reportOf, type FileReport } from './file-report';
import type { Jobs } from './jobs.svelte';
import type { Notices } from './notices.svelte';

interface Deps {
  engine: Engine;
  jobs: Jobs;
  notices: Notices;
  /** The folder of the shipped digests, with a slash at its end. */
  corpusUrl: string;
  now: () => number;
  /** Called with all papers after each change. */
  onPapers: (papers: readonly Paper[]) => void;
}

/** How the ids of digests begin that the reader added; those that the site ships are named by its index. */
const ownFile = 'file:';
const megabyte = 1_000_000;

/** Every paper and digest in this browser. */
export class Library {
  readonly #deps: Deps;
  #byId = new Map<string, Paper>();
  #papers = $state.raw<readonly Paper[]>([]);
  #digests = $state.raw<readonly Digest[]>([]);
  #fresh = $state.raw<ReadonlySet<string>>(new Set());
  #reports = new SvelteMap<number, FileReport>();
  #isLoaded = $state(false);
  #lastReport = 0;
  /** Files may be dropped before the database is open; they wait for what it holds. */
  #open: (store: Store) => void = () => undefined;
  readonly #opened = new Promise<Store>((resolve) => {
    this.#open = resolve;
  });
  #lastTurn: Promise<unknown> = this.#opened;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** In digest order: oldest digest first, each as its file gives it. */
  get papers(): readonly Paper[] {
    return this.#papers;
  }

  get digests(): readonly Digest[] {
    return this.#digests;
  }

  /** Whether the reader has added anything that the site does not ship. */
  get hasOwnFiles(): boolean {
    return this.#digests.some((digest) => digest.id.startsWith(ownFile));
  }

  /** Papers that arrived in this session and have not been opened. */
  get fresh(): ReadonlySet<string> {
    return this.#fresh;
  }

  /** What became of each file that the reader added since the last `dismissReports`. */
  get reports(): readonly FileReport[] {
    return [...this.#reports.values()];
  }

  /** False until the database and the shipped digests have been looked at. */
  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  paper(id: string): Paper | undefined {
    return this.#byId.get(id);
  }

  digest(id: string): Digest | undefined {
    return this.#digests.find((digest) => digest.id === id);
  }

  async load(store: Store): Promise<void> {
    const { papers, digests, quarantined } = await store.loadLibrary();
    this.#show(papers, digests);
    this.#open(store);
    if (quarantined > 0) {
      this.#deps.notices.show({
        subject: 'quarantine',
        kind: 'fact',
        text: `${quarantined} damaged ${quarantined === 1 ? 'record was' : 'records were'} set aside. Everything else is here.`,
        action: null,
      });
    }
    await this.#bringCorpus(store);
    this.#isLoaded = true;
  }

  dismissReports(): void {
    for (const [id, report] of this.#reports) if (report.state !== 'reading') this.#reports.delete(id);
  }

  markSeen(id: string): void {
    if (!this.#fresh.has(id)) return;
    const fresh = new Set(this.#fresh);
    fresh.delete(id);
    this.#fresh = fresh;
  }

  /** Reads the files one after the other; each is taken whole or not at all. */
  async addFiles(files: readonly File[]): Promise<void> {
    this.dismissReports();
    const queue = files.map((file) => ({ file, id: ++this.#lastReport }));
    for (const { file, id } of queue) this.#reports.set(id, beginReport(id, file.name));
    const stop = new AbortController();
    const job = this.#deps.jobs.begin(readingLabel(files), 'steps', { cancel: () => stop.abort() });
    for (const [done, { file, id }] of queue.entries()) {
      job.progress(done, files.length);
      this.#reports.set(id, { ...(await this.#addFile(file, stop.signal)), id });
    }
    job.end();
  }

  async #addFile(file: File, signal: AbortSignal): Promise<FileReport> {
    const report = beginReport(0, file.name);
    if (signal.aborted) return { ...report, state: 'cancelled' };
    if (file.size > MAX_FILE_BYTES) {
      const size = Math.round(file.size / megabyte);
      return {
        ...report,
        state: 'failed',
        message: `${size} MB is more than the ${MAX_FILE_BYTES / megabyte} MB that a file may have. Split it and add the parts.`,
      };
    }
    try {
      const read = await this.#deps.engine.read(file.name, await bytesOf(file), { signal });
      return await this.#inTurn(() => this.#take(report, read, signal));
    } catch (error) {
      if (signal.aborted) return { ...report, state: 'cancelled' };
      return { ...report, state: 'failed', message: explain(error) };
    }
  }

  /** Commits what a file holds, then shows it. */
  async #take(report: FileReport, read: ReadFile, signal: AbortSignal): Promise<FileReport> {
    const here = this.#digests.find((digest) => digest.sha256 === read.sha256);
    if (here) return { ...reportOf(report, read, null), state: 'known', digestName: here.name };
    if (read.papers.length === 0) return { ...reportOf(report, read, null), state: 'nothing' };
    const digest = this.#digestOf(read, ownFile + read.sha256.slice(0, 16), report.file);
    const merge = mergeImport(this.#byId, read.papers, digest.id);
    signal.throwIfAborted();
    await (await this.#opened).putImport(digest, merge.papers);
    this.#adopt(digest, merge);
    this.#fresh = new Set([...this.#fresh, ...merge.added]);
    return reportOf(report, read, merge);
  }

  /** One merge at a time: each starts from what the one before has made. */
  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#lastTurn.then(work, work);
    this.#lastTurn = turn.catch(() => undefined);
    return turn;
  }

  /** Reads the digests that the site ships and this browser does not hold yet. What it ships can be read again. */
  async #bringCorpus(store: Store): Promise<void> {
    try {
      const index = readCorpusIndex(await this.#fetchText('index.json'));
      if (index.digests.length === 0) {
        throw new AppError(
          'asset-corrupt',
          `corpus/index.json lists no digest: ${index.problems[0]?.why ?? 'it is empty'}`,
        );
      }
      const failures: unknown[] = [];
      for (const entry of index.digests) {
        await this.#bringDigest(store, entry).catch((error: unknown) => failures.push(error));
      }
      if (failures.length > 0) throw failures[0];
      this.#deps.notices.dismiss('corpus');
    } catch (error) {
      this.#deps.notices.show({
        subject: 'corpus',
        kind: 'failure',
        text: `The papers that come with this site could not be read: ${explain(error)} Your own files can be added all the same.`,
        action: { label: 'Try again', run: () => void this.#bringCorpus(store) },
      });
    }
  }

  async #bringDigest(store: Store, entry: CorpusEntry): Promise<void> {
    if (this.digest(entry.id)?.sha256 === entry.sha256) return;
    const response = await this.#fetch(entry.file);
    const read = await this.#deps.engine.read(entry.file, await response.arrayBuffer(), {
      sha256: entry.sha256,
    });
    const digest = { ...this.#digestOf(read, entry.id, entry.file), name: entry.name };
    if (entry.date !== undefined) digest.date = entry.date;
    await this.#inTurn(async () => {
      const merge = mergeImport(this.#byId, read.papers, digest.id);
      // shown before it is committed: what the site ships can be read again
      this.#adopt(digest, merge);
      await store.putImport(digest, merge.papers).catch((error: unknown) => {
        this.#deps.notices.show({
          subject: 'store',
          kind: 'failure',
          text: `The papers are here but could not be kept for the next visit: ${explain(error)}`,
          action: null,
        });
      });
    });
  }

  async #fetchText(file: string): Promise<string> {
    return (await this.#fetch(file)).text();
  }

  async #fetch(file: string): Promise<Response> {
    const response = await fetch(this.#deps.corpusUrl + file).catch((cause: unknown) => {
      throw new AppError('asset-missing', `corpus/${file} cannot be reached.`, { cause });
    });
    if (!response.ok) throw new AppError('asset-missing', `corpus/${file} is missing (${response.status}).`);
    return response;
  }

  #digestOf(read: ReadFile, id: string, file: string): Digest {
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

  #adopt(digest: Digest, merge: Merge): void {
    const byId = new Map(this.#byId);
    for (const paper of merge.papers) byId.set(paper.id, paper);
    this.#show([...byId.values()], [...this.#digests.filter((other) => other.id !== digest.id), digest]);
  }

  #show(papers: readonly Paper[], digests: readonly Digest[]): void {
    this.#digests = digests.toSorted((a, b) => a.addedAt - b.addedAt || (a.id < b.id ? -1 : 1));
    this.#papers = inDigestOrder(papers, this.#digests);
    this.#byId = new Map(this.#papers.map((paper) => [paper.id, paper]));
    if (papers.length > 0) this.#deps.onPapers(this.#papers);
  }
}

function inDigestOrder(papers: readonly Paper[], digests: readonly Digest[]): readonly Paper[] {
  const rank = new Map(digests.map((digest, index) => [digest.id, index]));
  const first = (paper: Paper) => {
    let best = { digest: digests.length, position: 0 };
    for (const { digestId, position } of paper.sightings) {
      const digest = rank.get(digestId) ?? digests.length;
      if (digest < best.digest || (digest === best.digest && position < best.position)) {
        best = { digest, position };
      }
    }
    return { paper, ...best };
  };
  return papers
    .map(first)
    .sort((a, b) => a.digest - b.digest || a.position - b.position || (a.paper.id < b.paper.id ? -1 : 1))
    .map(({ paper }) => paper);
}

async function bytesOf(file: File): Promise<ArrayBuffer> {
  try {
    return await file.arrayBuffer();
  } catch (cause) {
    throw new AppError(
      'file-unreadable',
      'The browser could not read it. Is it a folder, or has it been moved since? Add it again.',
      { cause },
    );
  }
}

function readingLabel(files: readonly File[]): string {
  const [only] = files;
  return files.length === 1 && only ? `Reading ${only.name}` : `Reading ${files.length} files`;
}
