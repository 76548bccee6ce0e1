import { maxFileBytes, type ColumnRole } from '../../core/import/import';
import { megabytes, megabytesOver } from '../../core/import/limits';
import { shownName } from '../../core/paper/digest-name';
import { AppError } from '../../core/errors';
import type { Engine } from '../../engine/engine';
import { yieldToMessages } from '../../engine/rpc/yield-to-messages';
import { explain } from '../page/explain';
import { beginReport, importReport, isOpen, newestNews, type FileReport } from './file-report';
import type { Jobs } from '../page/jobs.svelte';
import type { Library } from './library.svelte';

interface Deps {
  engine: Engine;
  jobs: Jobs;
  library: Library;
  /** ms since the epoch. */
  now: () => number;
  /** Papers that were not here before. */
  onAdded: (ids: readonly string[]) => void;
}

interface Entry {
  file: File;
  /** Other forms of the file, tried in turn while no paper is found: a pasted text has several. */
  alternatives: readonly File[];
  report: FileReport;
  /** The newest day that imports before the one that it is a part of have brought. */
  newestBefore: string | undefined;
  stop: AbortController;
}

/** Ten thousand files change their lines ten thousand times: the page is updated a few times a second. */
const publishMs = 150;

/** Imports files, however they come: chosen, dropped or pasted. */
export class Imports {
  readonly #deps: Deps;
  readonly #entries = new Map<number, Entry>();
  #reports = $state.raw<readonly FileReport[]>([]);
  #lastId = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** What became of each file since the last `dismiss`, in the order in which they came. */
  get reports(): readonly FileReport[] {
    return this.#reports;
  }

  get isRunning(): boolean {
    return [...this.#entries.values()].some(({ report }) => isOpen(report));
  }

  /** Closes the report. Files that are still being read keep their line. */
  dismiss(): void {
    for (const [id, { report }] of this.#entries) if (!isOpen(report)) this.#entries.delete(id);
    this.#publish();
  }

  /** Reads the files one after the other; each is taken whole or not at all. `alternatives` are other forms of them. */
  async add(files: readonly File[], alternatives: readonly File[] = []): Promise<void> {
    if (files.length === 0) return;
    this.dismiss();
    const newestBefore = newestNews(this.#deps.library.digests, this.#deps.now());
    const queue = files.map((file) => this.#enter(file, alternatives, newestBefore));
    this.#publish();
    const job = this.#deps.jobs.begin(readingLabel(files), 'files', {
      cancel: () => queue.forEach(({ stop }) => stop.abort()),
    });
    await this.#deps.library.inBatch(async () => {
      for (const [done, entry] of queue.entries()) {
        job.progress(done, files.length);
        await this.#read(entry);
      }
    });
    job.end();
    this.#publish();
  }

  cancelAll(): void {
    for (const { stop } of this.#entries.values()) stop.abort();
  }

  cancel(id: number): void {
    this.#entries.get(id)?.stop.abort();
  }

  /** Reads a file again that failed or was stopped. */
  async retry(id: number): Promise<void> {
    const entry = this.#entries.get(id);
    if (entry === undefined || isOpen(entry.report)) return;
    entry.stop = new AbortController();
    await this.#read(entry);
    this.#publish();
  }

  /** Reads a table again with the columns as the reader knows them. */
  async correctColumns(id: number, columnRoles: readonly ColumnRole[]): Promise<void> {
    const entry = this.#entries.get(id);
    if (entry === undefined || isOpen(entry.report)) return;
    entry.stop = new AbortController();
    await this.#read(entry, columnRoles);
    this.#publish();
  }

  /** Removes the digest that a file became. */
  async undo(id: number): Promise<void> {
    const report = this.#entries.get(id)?.report;
    if (report === undefined) return;
    await this.#deps.library.removeDigest(report.digestId);
    this.#entries.delete(id);
    this.#publish();
  }

  #enter(file: File, alternatives: readonly File[], newestBefore: string | undefined): Entry {
    const id = ++this.#lastId;
    const entry = {
      file,
      alternatives,
      report: beginReport(id, file.name),
      newestBefore,
      stop: new AbortController(),
    };
    this.#entries.set(id, entry);
    return entry;
  }

  #report(entry: Entry, change: Partial<FileReport>): void {
    entry.report = { ...entry.report, ...change };
    this.#timer ??= setTimeout(() => this.#publish(), publishMs);
  }

  #publish(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#reports = [...this.#entries.values()].map(({ report }) => report);
  }

  async #read(entry: Entry, columnRoles?: readonly ColumnRole[]): Promise<void> {
    const { file, stop } = entry;
    if (stop.signal.aborted) return this.#report(entry, { state: 'cancelled' });
    this.#report(entry, { ...beginReport(entry.report.id, file.name), state: 'reading' });
    try {
      refuseTooLarge(file);
      await this.#take(entry, file, columnRoles);
    } catch (error) {
      if (stop.signal.aborted) this.#report(entry, { state: 'cancelled' });
      else this.#report(entry, { state: 'failed', message: explain(error) });
    }
  }

  async #take(entry: Entry, file: File, columnRoles: readonly ColumnRole[] | undefined): Promise<void> {
    const { engine, library, onAdded } = this.#deps;
    const { stop } = entry;
    const read = await engine.read(file.name, await bytesOf(file), {
      signal: stop.signal,
      onProgress: ({ done, total }) => this.#report(entry, { done, total }),
      ...(columnRoles === undefined ? {} : { columnRoles }),
    });
    const found = { columns: read.columns ?? null, digestName: read.digestName };
    const here = library.digestOfFile(read.sha256);
    if (here && columnRoles === undefined) {
      const restored = await library.completeDigest(here, read, stop.signal);
      const report = importReport(read, null, undefined);
      const known = { digestId: here.id, digestName: shownName(here), restored };
      return this.#report(entry, { ...found, ...known, state: 'known', report });
    }
    if (read.papers.length === 0) {
      const other = nextForm(entry, file);
      if (other) return this.#take(entry, other, columnRoles);
      return this.#report(entry, { ...found, state: 'nothing', report: importReport(read, null, undefined) });
    }
    const how = columnRoles === undefined ? 'importing' : 'replacing';
    const { digest, added } = await library.addDigest(file.name, read, how, entry.newestBefore, stop.signal);
    // the list has changed; of a large file, what is new changes it once more in a task of its own
    await yieldToMessages();
    onAdded(added);
    this.#report(entry, { ...found, state: 'done', digestId: digest.id, report: digest.report ?? null });
  }
}

/** The form to try after `tried`: the file itself comes first, then its alternatives; undefined after the last. */
function nextForm({ file, alternatives }: Entry, tried: File): File | undefined {
  const forms = [file, ...alternatives];
  return forms[forms.indexOf(tried) + 1];
}

function refuseTooLarge({ size }: File): void {
  if (size <= maxFileBytes) return;
  throw new AppError(
    'file-unreadable',
    `${megabytesOver(size, maxFileBytes)} is more than the ${megabytes(maxFileBytes)} that a file may have. Split it and add the parts.`,
  );
}

async function bytesOf(file: File): Promise<ArrayBuffer> {
  try {
    return await file.arrayBuffer();
  } catch (cause) {
    throw new AppError(
      'file-unreadable',
      'The browser could not read it. Has it been moved or changed since? Try again, or choose the file again.',
      { cause },
    );
  }
}

function readingLabel(files: readonly File[]): string {
  const [only] = files;
  return files.length === 1 && only ? `Reading ${only.name}` : `Reading ${files.length} files`;
}
