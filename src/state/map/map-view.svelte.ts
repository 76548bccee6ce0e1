import type { Viewport } from '../../core/layout/viewport';

/** The commands of a map, whoever draws it. */
export interface MapCommands {
  zoomBy(factor: number): void;
  fit(): void;
  /** Moves the view so that a point is seen. */
  reveal(row: number): void;
  /** Moves the view so that all these points are seen, unless they are already. */
  show(rows: ArrayLike<number>): void;
}

/** Where the map looks, and the commands that others give it. The map itself reports to it by callback. */
export class MapView {
  #viewport = $state.raw<Viewport | null>(null);
  #plot: MapCommands | null = null;

  get viewport(): Viewport | null {
    return this.#viewport;
  }

  /** Call when the map is on the page; the returned function detaches it. */
  attach(plot: MapCommands): () => void {
    this.#plot = plot;
    return () => {
      if (this.#plot === plot) this.#plot = null;
    };
  }

  look(viewport: Viewport | null): void {
    this.#viewport = viewport;
  }

  zoomBy(factor: number): void {
    this.#plot?.zoomBy(factor);
  }

  fit(): void {
    this.#plot?.fit();
  }

  reveal(row: number): void {
    if (row >= 0) this.#plot?.reveal(row);
  }

  show(rows: ArrayLike<number>): void {
    this.#plot?.show(rows);
  }
}
