import { readableMath } from '../core/paper/text/math-text';
import type { Paper } from '../core/paper/paper';
import type { AppState } from './app-context';
import { keyAction, type KeyAction } from './keys';

/** What the page does that its parts do not. */
interface Page {
  app: AppState;
  /** Whether a dialog has the keys. */
  isDialogOpen(): boolean;
  onOpen(paper: Paper): void;
  onClose(): void;
  goToList(): void;
  goToMap(): void;
  showHelp(): void;
  /** To whoever cannot see what a key has done. */
  say(what: string): void;
}

/** The keys that mean the same wherever the focus is. */
export class PageKeys {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Before the map takes it; a dialog, the search box and fields have an Escape of their own. */
  readonly onEscape = (event: KeyboardEvent): void => {
    const isOwn =
      event.target instanceof Element && event.target.closest('dialog, search, form, textarea') !== null;
    if (event.key === 'Escape' && !isOwn && this.#letGo()) event.stopPropagation();
  };

  readonly onKeydown = (event: KeyboardEvent): void => {
    if (this.#page.isDialogOpen()) return;
    const action = keyAction(event);
    if (action === null) return;
    if (action !== 'close') event.preventDefault();
    this.#act(action);
  };

  #act(action: KeyAction): void {
    const { app, onOpen, onClose, goToList, goToMap, showHelp } = this.#page;
    const { reader, places, cursor } = app;
    switch (action) {
      case 'close':
        if (!this.#letGo() && reader.paper) onClose();
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
    const paper = this.#meant();
    if (paper === null) return;
    const isStarred = !annotations.of(paper)?.isStarred;
    annotations.star([paper], { isStarred });
    this.#page.say(`${isStarred ? 'Starred' : 'No star any more'}: ${readableMath(paper.title)}`);
  }

  #toggleRead(): void {
    const { annotations } = this.#page.app;
    const paper = this.#meant();
    if (paper === null) return;
    const isRead = !annotations.of(paper)?.isRead;
    annotations.mark([paper], { isRead });
    this.#page.say(`${isRead ? 'Read' : 'Unread'}: ${readableMath(paper.title)}`);
  }

  /** The paper in the list that has the focus, else the open one. */
  #meant(): Paper | null {
    const { cursor, library, reader } = this.#page.app;
    const isInList = document.activeElement?.closest('[role=listitem]') != null;
    return (isInList && cursor.id !== null && library.paper(cursor.id)) || reader.paper;
  }

  #step(by: 1 | -1): void {
    const { finder, reader } = this.#page.app;
    const at = finder.list.findIndex((paper) => paper.id === reader.openId);
    const paper = finder.list[at < 0 ? 0 : at + by];
    if (paper) this.#page.onOpen(paper);
  }

  /** The focus stays where it is, unless it is in the list, which then goes along. */
  #stepResult(by: 1 | -1): void {
    const { cursor, reader, mapView, atlas } = this.#page.app;
    const step = cursor.stepBy(by);
    if (step === null) return;
    reader.point(step.paper.id);
    mapView.reveal(atlas.row(step.paper.id));
  }

  /** What was chosen last is let go first. False when nothing was chosen. */
  #letGo(): boolean {
    const { selection, places } = this.#page.app;
    if (selection.papers.length === 0) return false;
    const isInBar = document.activeElement?.closest('[aria-label=Selection]') != null;
    selection.clear();
    if (isInBar) places.go('list');
    return true;
  }
}
