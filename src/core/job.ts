/** How long computations report and stop. `core` gets these as arguments; it has no clock of its own. */
export interface Watch {
  report?(done: number, total: number): void;
  /** Asked between slices of work. When true the computation returns early with `null`. */
  shouldStop?(): boolean;
}
