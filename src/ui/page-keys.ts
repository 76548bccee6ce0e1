import { readableMath } from '../core/paper/text/math-text';
import type { Paper } from '../core/paper/paper';
import type { Session } from '../state/session';
import { keyAction, type KeyAction } from './keys';

/** Actions of the page as a whole. */
interface Page {
  app: Session;
  /** While a dialog is open, keys belong to it. */
  isDialogOpen(): boolean;
  onOpen(paper: Paper): void;
  onClose(): void;
  goToList(): void;
  goToMap(): void;
  showHelp(): void;
  /** Tells screen readers what a key has done. */
  announce(text: string): void;
}

/** Keys that do the same wherever the focus is. */
export class PageKeys {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Runs before the map's own handler; dialogs, the search box and fields handle Escape themselves. */
  readonly onEscape = (event: KeyboardEvent): void => {
    const hasOwnEscape =
      event.target instanceof Element && event.target.closest('dialog, search, form, textarea') !== null;
    if (event.key === 'Escape' && !hasOwnEscape && this.#clearSelection()) event.stopPropagation();
  };

  readonly onKeydown = (event: KeyboardEvent): void => {
    if (this.#page.isDialogOpen()) return;
    const action = keyAction(event, this.#page.app.settings.hasSingleLetterKeys);
    if (action === null) return;
    if (action !== 'close') event.preventDefault();
    this.#act(action);
  };

  #act(action: KeyAction): void {
    const { app, onOpen, onClose, goToList, goToMap, showHelp } = this.#page;
    const { reader, places, cursor } = app;
    switch (action) {
      case 'close':
        if (!this.#clearSelection() && reader.paper) onClose();
        return;
      case 'search':
        return places.go('search');
      case 'list':
        return goToList();
      case 'map':
        return goToMap();
      case 'next':
        return this.#step(1);
      case 'previous':
        return this.#step(-1);
      case 'next-result':
        return this.#stepResult(1);
      case 'previous-result':
        return this.#stepResult(-1);
      case 'open':
        if (cursor.step && !reader.paper) onOpen(cursor.step.paper);
        return;
      case 'star':
        return this.#toggleStar();
      case 'read':
        return this.#toggleRead();
      case 'tag':
      case 'note':
        return places.go(action);
      case 'help':
        return showHelp();
      default:
        return action satisfies never;
    }
  }

  #toggleStar(): void {
    const { annotations } = this.#page.app;
    const paper = this.#targetPaper();
    if (paper === null) return;
    const isStarred = !annotations.of(paper)?.isStarred;
    annotations.star([paper], { isStarred });
    this.#page.announce(`${isStarred ? 'Starred' : 'Star removed'}: ${readableMath(paper.title)}`);
  }

  #toggleRead(): void {
    const { annotations } = this.#page.app;
    const paper = this.#targetPaper();
    if (paper === null) return;
    const isRead = !annotations.of(paper)?.isRead;
    annotations.mark([paper], { isRead });
    this.#page.announce(`${isRead ? 'Read' : 'Unread'}: ${readableMath(paper.title)}`);
  }

  /** The focused paper of the list, else the open one. */
  #targetPaper(): Paper | null {
    const { cursor, library, reader } = this.#page.app;
    const isInList = document.activeElement?.closest('[role=listitem]') != null;
    return (isInList && cursor.id !== null && library.paper(cursor.id)) || reader.paper;
  }

  #step(by: 1 | -1): void {
    const { paperList, reader } = this.#page.app;
    const at = paperList.list.findIndex((paper) => paper.id === reader.openId);
    const paper = paperList.list[at < 0 ? 0 : at + by];
    if (paper) this.#page.onOpen(paper);
  }

  /** The focus stays where it is, unless it is in the list: then it moves to the result. */
  #stepResult(by: 1 | -1): void {
    const { cursor, reader, mapView, atlas } = this.#page.app;
    const step = cursor.stepBy(by);
    if (step === null) return;
    reader.point(step.paper.id);
    mapView.reveal(atlas.row(step.paper.id));
  }

  /** False when nothing was selected. */
  #clearSelection(): boolean {
    const { selection, places } = this.#page.app;
    if (selection.papers.length === 0) return false;
    const isInBar = document.activeElement?.closest('[aria-label=Selection]') != null;
    selection.clear();
    if (isInBar) places.go('list');
    return true;
  }
}
