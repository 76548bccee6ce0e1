/** The visible part of the map, in layout units, so that it means the same in every window. */
export interface Viewport {
  /** The point at the centre of the part of the map that no panel covers. */
  centreX: number;
  centreY: number;
  /** Zoom: 1 fits the whole layout. */
  scale: number;
}
