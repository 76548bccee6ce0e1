import { ListLayout, paperPx } from './list-layout';

/** Id of the head's row, beside the ids of papers. */
const headId = 'lower-ranked';

/** The row that must not move on the screen when the list is ranked again. */
export interface Anchor {
  id: string;
  fromTopPx: number;
}

/** A snapshot of the list: its papers and their rows. */
export class ListRows<Paper extends { id: string }> {
  /** Lists with the same question differ in order only; another question is another list. */
  readonly question: string;
  readonly papers: readonly Paper[];
  readonly layout: ListLayout;

  /** `head`: row of the head of the lower-ranked papers, null without one. */
  constructor(question: string, papers: readonly Paper[], head: number | null) {
    this.question = question;
    this.papers = papers;
    this.layout = new ListLayout(papers.length, head);
  }

  /** Undefined for the head. */
  paperAt(row: number): Paper | undefined {
    return this.layout.isHead(row) ? undefined : this.papers[this.layout.paperAt(row)];
  }

  idAt(row: number): string {
    return this.paperAt(row)?.id ?? headId;
  }

  /** −1 for a paper that is not in the list. */
  rowOf(id: string): number {
    if (id === headId) return this.layout.head ?? -1;
    const paper = this.papers.findIndex((each) => each.id === id);
    return paper < 0 ? -1 : this.layout.rowOf(paper);
  }

  /** The focused row if it is in view; else, when the list is scrolled, the first one in view. */
  anchor(focused: string | null, scrolledPx: number, heightPx: number): Anchor | null {
    const row = focused === null ? -1 : this.rowOf(focused);
    const fromTopPx = this.layout.topPx(row) - scrolledPx;
    if (row >= 0 && fromTopPx > -paperPx && fromTopPx < heightPx) return { id: this.idAt(row), fromTopPx };
    if (scrolledPx <= 0) return null;
    const first = this.layout.rowAt(scrolledPx + paperPx / 2);
    return { id: this.idAt(first), fromTopPx: this.layout.topPx(first) - scrolledPx };
  }

  /** Scroll position that leaves the anchor of the previous list where it was; null when it is gone. */
  scrollFor({ id, fromTopPx }: Anchor): number | null {
    const row = this.rowOf(id);
    return row < 0 ? null : this.layout.topPx(row) - fromTopPx;
  }
}
