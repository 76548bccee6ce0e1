import './map.css';

let surfaces = 0;

/**
 * The focusable element of the map: a listbox whose only option in the document is the current paper. Screen readers
 * then read the title on every move, which a changed label on a focused element does not ensure.
 */
export class Surface {
  readonly element = document.createElement('div');
  readonly canvas = document.createElement('canvas');
  readonly #hint = document.createElement('p');
  readonly #id = `map-${++surfaces}`;
  #option: HTMLElement | null = null;
  #moves = 0;

  constructor(container: HTMLElement) {
    const { element, canvas } = this;
    element.className = 'map-surface';
    element.tabIndex = 0;
    element.setAttribute('role', 'listbox');
    element.setAttribute('aria-roledescription', 'map');
    element.setAttribute('aria-label', 'Papers on the map');
    canvas.className = 'map-canvas';
    canvas.setAttribute('aria-hidden', 'true');
    this.#hint.id = `${this.#id}-hint`;
    this.#hint.className = 'map-hidden';
    this.#hint.textContent =
      'Arrow keys go to the nearest paper in that direction, Enter opens it, plus and minus zoom, 0 shows all, Shift with arrows pans, Escape leaves the paper.';
    element.setAttribute('aria-describedby', this.#hint.id);
    element.append(canvas);
    if (getComputedStyle(container).position === 'static') container.style.position = 'relative';
    container.append(element, this.#hint);
    this.announce(null);
  }

  /** Announces the current paper; null when there is none. */
  announce(paper: { title: string; position: number; count: number; isSelected: boolean } | null): void {
    const option = document.createElement('div');
    option.id = `${this.#id}-paper-${++this.#moves}`;
    option.className = 'map-hidden';
    option.setAttribute('role', 'option');
    option.setAttribute('aria-selected', String(paper?.isSelected ?? false));
    option.textContent = paper?.title ?? 'No paper chosen; press an arrow key';
    if (paper !== null) {
      option.setAttribute('aria-posinset', String(paper.position));
      option.setAttribute('aria-setsize', String(paper.count));
    }
    this.#option?.remove();
    this.#option = option;
    this.element.append(option);
    if (paper === null) this.element.removeAttribute('aria-activedescendant');
    else this.element.setAttribute('aria-activedescendant', option.id);
    this.element.setAttribute(
      'aria-label',
      paper === null ? 'Papers on the map' : `Papers on the map, at ${paper.title}`,
    );
  }

  destroy(): void {
    this.element.remove();
    this.#hint.remove();
  }
}
