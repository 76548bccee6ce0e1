import type { Annotation } from '../../core/annotation/annotation';
import { inverseOf, isVain, type AnnotationEdit } from '../../core/annotation/edit';
import { combine } from '../../core/annotation/merge';
import { namesNow, paperOf, papersByName } from '../../core/annotation/place';
import { carryOut, type AnnotationWrite } from '../../core/annotation/write';
import { joinTags } from '../../core/annotation/tags';
import type { Paper } from '../../core/paper/paper';
import type { Store } from '../../storage/store';
import { explain } from '../page/explain';
import type { Notices } from '../page/notices.svelte';
import type { OtherTabs } from '../page/other-tabs';

interface Deps {
  notices: Notices;
  otherTabs: OtherTabs;
  now: () => number;
  /** What is written about papers has changed. */
  onChange: () => void;
}

/** What stands of one paper, and the ids of the annotations that it is made of. */
interface Standing {
  annotation: Annotation;
  ids: readonly string[];
}

const failure = 'annotations';
const undoing = 'annotation-undo';

/**
 * What the reader wrote about papers. It is shown at once and then kept; what could not be kept stays on the page and is
 * tried again with the next edit, or when the reader says so.
 */
export class Annotations {
  readonly #deps: Deps;
  #store: Store | null = null;
  #kept = $state.raw<ReadonlyMap<string, Annotation>>(new Map());
  /** Edits that are not kept yet, in their order. */
  #waiting = $state.raw<readonly AnnotationWrite[]>([]);
  #papers = $state.raw<readonly Paper[]>([]);
  #isKeeping = false;
  #keeping: Promise<void> = Promise.resolve();
  #isReloadDue = false;
  /** Tells what this page notes down from what others do. */
  readonly #page = Math.random().toString(36).slice(2);
  #isLeaving = false;
  #hasNoted = false;

  constructor(deps: Deps) {
    this.#deps = deps;
    deps.otherTabs.listen(() => {
      // another tab may tell of a thousand edits: they are read once
      this.#isReloadDue = true;
      this.#keep();
    });
  }

  readonly #byName = $derived.by(() => papersByName(this.#papers));
  readonly #all = $derived.by(() => carriedOut(this.#kept, this.#waiting));
  readonly #standings = $derived.by(() => {
    const standings = new Map<string, Standing>();
    if (this.#all.size === 0) return standings;
    for (const annotation of this.#all.values()) {
      const id = paperOf(annotation, this.#byName)?.id;
      if (id === undefined) continue;
      const other = standings.get(id);
      standings.set(
        id,
        other === undefined
          ? { annotation, ids: [annotation.id] }
          : { annotation: combine(other.annotation, annotation), ids: [...other.ids, annotation.id] },
      );
    }
    return standings;
  });
  readonly #byPaper = $derived.by(
    () => new Map([...this.#standings].map(([id, { annotation }]) => [id, annotation])),
  );

  readonly #tags = $derived.by(() =>
    joinTags(
      [...this.#all.values()].flatMap(({ tags = [] }) => tags),
      [],
    ),
  );

  /** Each as it is kept or will be, those without their papers too, in no order. */
  get all(): readonly Annotation[] {
    return [...this.#all.values()];
  }

  /** Every tag that the reader has given, in the order of their letters. */
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

  /** Whether something that the reader wrote is not kept yet. */
  get isWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** Rejects when they cannot be read; then nothing is written to that store. */
  async open(store: Store): Promise<void> {
    this.#store = null;
    await this.#load(store);
    this.#store = store;
    this.#keep();
  }

  /** To be called with all papers whenever they change: annotations go along with papers that were joined or split. */
  follow(papers: readonly Paper[]): void {
    this.#papers = papers;
    const byName = this.#byName;
    const renamed = [...this.#all.values()].flatMap((annotation) => {
      const paper = paperOf(annotation, byName);
      if (paper === undefined) return [];
      const names = namesNow(annotation, paper, byName);
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

  /** `before` is the note that was before the reader's eyes: what another tab has made of it is kept too. */
  writeNote(paper: Paper, before: string, note: string): void {
    if (before === note) return;
    const undo = this.#edit([paper], { note: { from: before, to: note } }, '');
    if (undo !== null && note.trim() === '') this.#offerUndo('The note was removed.', undo);
  }

  /**
   * The page may be gone at any moment, and with it what has not been kept by then: to be kept it is read and written,
   * for which there may be no time. So it is noted down in one go, for the next page to keep.
   */
  leave(): void {
    this.#isLeaving = true;
    this.#noteDown();
  }

  stay(): void {
    this.#isLeaving = false;
  }

  /** Resolves once all is kept, or could not be. */
  async settled(): Promise<void> {
    await this.#keeping;
  }

  /** What takes it back; null where nothing changes. What touches several papers offers that to the reader. */
  #edit(papers: readonly Paper[], edit: AnnotationEdit, done: string): (() => void) | null {
    const touched = papers.filter((paper) => !isVain(edit, this.of(paper)));
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
      notices.dismiss(undoing);
      undo();
    };
    notices.show({ subject: undoing, kind: 'fact', text, action: { label: 'Undo', run } });
  }

  #writeAbout(paper: Paper, edit: AnnotationEdit): AnnotationWrite {
    const at = this.#deps.now();
    const [id = paper.id, ...others] = this.#standings.get(paper.id)?.ids ?? [];
    const home = this.#all.get(id) ?? { id, names: [id], title: paper.title, changedAt: at };
    const names = namesNow(home, paper, this.#byName);
    return { id, others, names, title: paper.title, edit, at };
  }

  #write(writes: readonly AnnotationWrite[]): void {
    if (writes.length === 0) return;
    this.#waiting = [...this.#waiting, ...writes];
    if (this.#isLeaving) this.#noteDown();
    this.#deps.onChange();
    this.#keep();
  }

  /** What cannot be noted down is kept on the page for as long as that stays, as is all that cannot be kept. */
  #noteDown(): void {
    if (this.#waiting.length === 0 && !this.#hasNoted) return;
    this.#hasNoted = this.#waiting.length > 0;
    void this.#store?.putUnkept(this.#page, this.#waiting).catch(() => undefined);
  }

  /** One reading or writing at a time: what comes meanwhile is kept together afterwards. */
  #keep(): void {
    if (!this.#isKeeping) this.#keeping = this.#keepAll();
  }

  async #keepAll(): Promise<void> {
    this.#isKeeping = true;
    try {
      // so that what is done in one go is kept in one go
      await Promise.resolve();
      for (;;) {
        const store = this.#store;
        if (store === null) return;
        if (this.#isReloadDue) await this.#reload(store);
        else if (this.#waiting.length > 0) await this.#keepWaiting(store);
        else return;
      }
    } catch (error) {
      this.#tellOfFailure(error);
    } finally {
      this.#isKeeping = false;
    }
  }

  async #keepWaiting(store: Store): Promise<void> {
    const writes = this.#waiting;
    const outcomes = await store.annotate(writes);
    const kept = new Map(this.#kept);
    for (const { put, removed } of outcomes) {
      for (const id of removed) kept.delete(id);
      if (put !== null) kept.set(put.id, put);
    }
    this.#kept = kept;
    this.#waiting = this.#waiting.slice(writes.length);
    if (this.#hasNoted) this.#noteDown();
    this.#deps.notices.dismiss(failure);
    this.#deps.otherTabs.tell();
    this.#deps.onChange();
  }

  /** What another tab wrote. */
  async #reload(store: Store): Promise<void> {
    this.#isReloadDue = false;
    // where it cannot be read, what this tab shows stands: edits are made to what is stored, and write over nothing
    await this.#load(store).catch(() => undefined);
  }

  #tellOfFailure(error: unknown): void {
    this.#deps.notices.show({
      subject: failure,
      kind: 'failure',
      text: `What you wrote could not be kept: ${explain(error)} It stays on this page until that is left.`,
      action: { label: 'Try again', run: () => this.#keep() },
    });
  }

  async #load(store: Store): Promise<void> {
    const annotations = await store.loadAnnotations();
    this.#kept = new Map(annotations.map((annotation) => [annotation.id, annotation]));
    this.#deps.onChange();
  }
}

/** The annotations as they will be. Those that nothing waits for are the same objects. */
function carriedOut(
  kept: ReadonlyMap<string, Annotation>,
  waiting: readonly AnnotationWrite[],
): ReadonlyMap<string, Annotation> {
  if (waiting.length === 0) return kept;
  const all = new Map(kept);
  for (const write of waiting) {
    const { put, removed } = carryOut(write, (id) => all.get(id));
    for (const id of removed) all.delete(id);
    if (put !== null) all.set(put.id, put);
  }
  return all;
}

/** Of its names alone. */
function writeTo({ id, names, title }: Annotation, at: number): AnnotationWrite {
  return { id, others: [], names, title, edit: {}, at };
}
