import { CoalescedTask } from '../../core/async/coalesced-task';
import type { Annotation } from '../../core/annotation/annotation';
import { inverseOf, isNoOp, type AnnotationEdit } from '../../core/annotation/edit';
import { mergeAnnotations } from '../../core/annotation/merge';
import { currentNames, paperOf, papersByName } from '../../core/annotation/place';
import { applyWrite, type AnnotationWrite } from '../../core/annotation/write';
import { joinTags } from '../../core/annotation/tags';
import type { Paper } from '../../core/paper/paper';
import type { StoreFacets } from '../../storage/store';
import { explain } from '../page/explain';
import type { Notices } from '../page/notices.svelte';
import type { OtherTabs } from '../page/other-tabs';

interface Deps {
  store: Pick<StoreFacets, 'annotations'>;
  notices: Notices;
  otherTabs: OtherTabs;
  now: () => number;
  /** What is written about papers has changed. */
  onChange: () => void;
  /** What is saved has been read, or changed. */
  onSaved?: () => void;
}

/** How much the database holds. */
interface CommittedCounts {
  /** See StoredAnnotations. */
  edits: number;
  notes: number;
  stars: number;
  tags: number;
}

/** What is written about one paper, merged, and the ids of the annotations that were merged. */
interface EffectiveAnnotation {
  annotation: Annotation;
  ids: readonly string[];
}

const failure = 'annotations';
const undoSubject = 'annotation-undo';

/**
 * What the reader wrote about papers. It is shown at once and then saved; what could not be saved stays on the page and is
 * tried again with the next edit, or when the reader asks for it.
 */
export class Annotations {
  readonly #deps: Deps;
  #saved = $state.raw<ReadonlyMap<string, Annotation>>(new Map());
  /** Edits that are not saved yet, in their order. */
  #pending = $state.raw<readonly AnnotationWrite[]>([]);
  #papers = $state.raw<readonly Paper[]>([]);
  /** Nothing is written to a store that was not read. */
  #isLoaded = false;
  #isReloadDue = false;
  /** Reads and writes one at a time: edits that come during a write are saved together after it. */
  readonly #saving = new CoalescedTask(() => this.#saveNow());
  #lastSave: Promise<void> = Promise.resolve();
  /** Distinguishes the pending edits of this page from those of others. */
  readonly #page = Math.random().toString(36).slice(2);
  #isLeaving = false;
  /** Null while another tab has saved what this one has not read yet. */
  #edits: number | null = null;
  #failure = $state<string | null>(null);
  #hasWrittenPending = false;

  constructor(deps: Deps) {
    this.#deps = deps;
    deps.otherTabs.listen(() => {
      // another tab may report a thousand edits: they are read once
      this.#isReloadDue = true;
      this.#save();
    });
  }

  readonly #byName = $derived.by(() => papersByName(this.#papers));
  readonly #all = $derived.by(() => withPending(this.#saved, this.#pending));
  readonly #effective = $derived.by(() => {
    const effective = new Map<string, EffectiveAnnotation>();
    if (this.#all.size === 0) return effective;
    for (const annotation of this.#all.values()) {
      const id = paperOf(annotation, this.#byName)?.id;
      if (id === undefined) continue;
      const other = effective.get(id);
      effective.set(
        id,
        other === undefined
          ? { annotation, ids: [annotation.id] }
          : {
              annotation: mergeAnnotations(other.annotation, annotation),
              ids: [...other.ids, annotation.id],
            },
      );
    }
    return effective;
  });
  readonly #byPaper = $derived.by(
    () => new Map([...this.#effective].map(([id, { annotation }]) => [id, annotation])),
  );

  readonly #tags = $derived.by(() =>
    joinTags(
      [...this.#all.values()].flatMap(({ tags = [] }) => tags),
      [],
    ),
  );

  /** Each as it is saved or will be, also without its paper in the library, in no order. */
  get all(): readonly Annotation[] {
    return [...this.#all.values()];
  }

  /** Every tag that the reader has given, in alphabetical order. */
  get tags(): readonly string[] {
    return this.#tags;
  }

  /** By the id of the paper. Another map whenever anything differs. */
  get byPaper(): ReadonlyMap<string, Annotation> {
    return this.#byPaper;
  }

  of(paper: Pick<Paper, 'id'>): Annotation | undefined {
    return this.#byPaper.get(paper.id);
  }

  /** Whether something that the reader wrote is not saved yet. */
  get isPending(): boolean {
    return this.#pending.length > 0;
  }

  /** Why what is pending could not be saved, in words for the reader; null when it may yet be, or nothing is pending. */
  get failure(): string | null {
    return this.isPending ? this.#failure : null;
  }

  /** Null when it is not known, since another tab has just saved something. */
  get committed(): CommittedCounts | null {
    if (this.#edits === null || !this.#isLoaded) return null;
    const saved = [...this.#saved.values()];
    return {
      edits: this.#edits,
      notes: saved.filter(({ note = '' }) => note !== '').length,
      stars: saved.filter(({ isStarred }) => isStarred === true).length,
      tags: new Set(saved.flatMap(({ tags = [] }) => tags)).size,
    };
  }

  /** What is saved, and how often it was changed; null before it was read. */
  get contents(): { annotations: readonly Annotation[]; edits: number } | null {
    return this.#isLoaded ? { annotations: [...this.#saved.values()], edits: this.#edits ?? 0 } : null;
  }

  /** Tries again to save what could not be saved. */
  retry(): void {
    this.#save();
  }

  /** Rejects when they cannot be read; then nothing is written either. */
  async load(): Promise<void> {
    this.#isLoaded = false;
    await this.#read();
    this.#isLoaded = true;
    this.#save();
  }

  /** To be called with all papers whenever they change: annotations follow papers that were joined or split. */
  follow(papers: readonly Paper[]): void {
    this.#papers = papers;
    if (this.#all.size === 0) return;
    const byName = this.#byName;
    const renamed = [...this.#all.values()].flatMap((annotation) => {
      const paper = paperOf(annotation, byName);
      if (paper === undefined) return [];
      const names = currentNames(annotation, paper, byName);
      const isSame =
        names.length === annotation.names.length && names.every((name) => annotation.names.includes(name));
      return isSame ? [] : [{ ...writeTo(annotation, this.#deps.now()), names }];
    });
    this.#write(renamed);
  }

  mark(papers: readonly Paper[], { isRead }: { isRead: boolean }): void {
    this.#edit(papers, { isRead }, isRead ? 'marked as read' : 'marked as unread');
  }

  star(papers: readonly Paper[], { isStarred }: { isStarred: boolean }): void {
    this.#edit(papers, { isStarred }, isStarred ? 'starred' : 'no longer starred');
  }

  tag(papers: readonly Paper[], tags: readonly string[]): void {
    this.#edit(papers, { addTags: tags }, `tagged “${tags.join(', ')}”`);
  }

  untag(paper: Paper, tag: string): void {
    const undo = this.#edit([paper], { removeTags: [tag] }, '');
    if (undo !== null) this.#offerUndo(`The tag “${tag}” was removed.`, undo);
  }

  /** `before` is the note as the reader saw it: what another tab has made of it meanwhile is preserved too. */
  writeNote(paper: Paper, before: string, note: string): void {
    if (before === note) return;
    const undo = this.#edit([paper], { note: { from: before, to: note } }, '');
    if (undo !== null && note.trim() === '') this.#offerUndo('The note was removed.', undo);
  }

  /**
   * The page may be gone at any moment. To apply an edit, its record is read and then written, and there may be no time for
   * that: so what is pending is written as it is, in one request, and applied by the next page.
   */
  leave(): void {
    this.#isLeaving = true;
    this.#writePending();
  }

  stay(): void {
    this.#isLeaving = false;
  }

  /** Resolves once everything is saved, or could not be. */
  saved(): Promise<void> {
    return this.#lastSave;
  }

  /** Returns what undoes the edit, null when nothing changes. An edit of several papers offers that to the reader. */
  #edit(papers: readonly Paper[], edit: AnnotationEdit, done: string): (() => void) | null {
    const touched = papers.filter((paper) => !isNoOp(edit, this.of(paper)));
    if (touched.length === 0) return null;
    const inverses = touched.map((paper) => ({ paper, edit: inverseOf(edit, this.of(paper)) }));
    this.#write(touched.map((paper) => this.#writeAbout(paper, edit)));
    const undo = () => this.#write(inverses.map((each) => this.#writeAbout(each.paper, each.edit)));
    if (touched.length > 1) this.#offerUndo(`${touched.length} papers were ${done}.`, undo);
    return undo;
  }

  #offerUndo(text: string, undo: () => void): void {
    const { notices } = this.#deps;
    const run = () => {
      notices.dismiss(undoSubject);
      undo();
    };
    notices.show({ subject: undoSubject, kind: 'fact', text, action: { label: 'Undo', run } });
  }

  #writeAbout(paper: Paper, edit: AnnotationEdit): AnnotationWrite {
    const at = this.#deps.now();
    const [id = paper.id, ...others] = this.#effective.get(paper.id)?.ids ?? [];
    const home = this.#all.get(id) ?? { id, names: [id], title: paper.title, changedAt: at };
    const names = currentNames(home, paper, this.#byName);
    return { id, others, names, title: paper.title, edit, at };
  }

  #write(writes: readonly AnnotationWrite[]): void {
    if (writes.length === 0) return;
    this.#pending = [...this.#pending, ...writes];
    if (this.#isLeaving) this.#writePending();
    this.#deps.onChange();
    this.#save();
  }

  /** What cannot be written stays on the page for as long as that is open, like everything that cannot be saved. */
  #writePending(): void {
    if (!this.#isLoaded) return;
    if (this.#pending.length === 0 && !this.#hasWrittenPending) return;
    this.#hasWrittenPending = this.#pending.length > 0;
    void this.#deps.store.annotations.savePending(this.#page, this.#pending).catch(() => undefined);
  }

  #save(): void {
    this.#lastSave = this.#saving.request().catch((error: unknown) => this.#reportFailure(error));
  }

  async #saveNow(): Promise<void> {
    while (this.#isLoaded && (this.#isReloadDue || this.#pending.length > 0)) {
      if (this.#isReloadDue) await this.#reload();
      else await this.#applyPending();
    }
  }

  async #applyPending(): Promise<void> {
    const writes = this.#pending;
    const { results, edits } = await this.#deps.store.annotations.apply(writes);
    const saved = new Map(this.#saved);
    for (const { put, removed } of results) {
      for (const id of removed) saved.delete(id);
      if (put !== null) saved.set(put.id, put);
    }
    this.#saved = saved;
    this.#edits = edits - 1 === this.#edits ? edits : null;
    this.#failure = null;
    this.#pending = this.#pending.slice(writes.length);
    if (this.#hasWrittenPending) this.#writePending();
    this.#deps.notices.dismiss(failure);
    this.#deps.otherTabs.notify();
    this.#deps.onChange();
    this.#deps.onSaved?.();
  }

  /** What another tab wrote. */
  async #reload(): Promise<void> {
    this.#isReloadDue = false;
    // when it cannot be read, this tab shows what it has: edits are applied to what is stored, and overwrite nothing
    await this.#read().catch(() => undefined);
  }

  #reportFailure(error: unknown): void {
    this.#failure = explain(error);
    this.#deps.notices.show({
      subject: failure,
      kind: 'failure',
      text: `What you wrote could not be saved: ${explain(error)} It stays on this page until you leave it.`,
      action: { label: 'Try again', run: () => this.retry() },
    });
  }

  async #read(): Promise<void> {
    const { annotations, edits } = await this.#deps.store.annotations.load();
    this.#saved = new Map(annotations.map((annotation) => [annotation.id, annotation]));
    this.#edits = edits;
    this.#deps.onChange();
    this.#deps.onSaved?.();
  }
}

/** The annotations with the pending edits applied. Those without pending edits are the same objects. */
function withPending(
  saved: ReadonlyMap<string, Annotation>,
  pending: readonly AnnotationWrite[],
): ReadonlyMap<string, Annotation> {
  if (pending.length === 0) return saved;
  const all = new Map(saved);
  for (const write of pending) {
    const { put, removed } = applyWrite(write, (id) => all.get(id));
    for (const id of removed) all.delete(id);
    if (put !== null) all.set(put.id, put);
  }
  return all;
}

/** A write that changes the names alone. */
function writeTo({ id, names, title }: Annotation, at: number): AnnotationWrite {
  return { id, others: [], names, title, edit: {}, at };
}
