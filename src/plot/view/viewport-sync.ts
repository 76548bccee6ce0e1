import type { Viewport } from '../scene';
import type { Camera } from './camera';

/** Carries viewports between the page and the camera, each only where its numbers differ from the last ones exchanged. */
export class ViewportSync {
  readonly #camera: Pick<Camera, 'frame' | 'isInGesture' | 'request' | 'takeMove'>;
  readonly #onViewport: (viewport: Viewport) => void;
  #requested: Viewport | null = null;
  #reported: Viewport | null = null;

  constructor(
    camera: Pick<Camera, 'frame' | 'isInGesture' | 'request' | 'takeMove'>,
    onViewport: (viewport: Viewport) => void,
  ) {
    this.#camera = camera;
    this.#onViewport = onViewport;
  }

  /** A viewport that was reported comes back from the page, perhaps late: it is not a request. */
  receive(viewport: Viewport | null): void {
    // Without a layout there is nothing to look at: the page gives its viewport again with the first one.
    if (viewport === null || this.#camera.frame === null) return;
    if (isEqual(viewport, this.#requested) || isEqual(viewport, this.#reported)) return;
    this.#requested = viewport;
    if (!this.#camera.isInGesture) this.#camera.request(viewport);
  }

  /** Reports the reader's move, if there was one since the last call. */
  report(): void {
    const viewport = this.#camera.takeMove();
    if (viewport === null) return;
    this.#reported = viewport;
    this.#onViewport(viewport);
  }
}

function isEqual(a: Viewport, b: Viewport | null): boolean {
  return b !== null && a.centreX === b.centreX && a.centreY === b.centreY && a.scale === b.scale;
}
