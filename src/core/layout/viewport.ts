/** Where the reader looks, in layout units, so that it means the same in every window. */
export interface Viewport {
  /** The point at the centre of the part of the map that nothing floats over. */
  centreX: number;
  centreY: number;
  /** How far in: 1 fits the whole layout. */
  scale: number;
}
