/** What two papers are compared by. */
export interface TitledPaper {
  title: string;
  /** Family name of the first author, '' when unknown. */
  firstAuthor: string;
  /** Year, NaN when unknown. */
  year: number;
}

/** Rows of two papers that look like one. */
export interface DuplicatePair {
  a: number;
  b: number;
  /** 0 to 1; what is offered is above a threshold calibrated to one false offer in 400 papers. */
  score: number;
}
