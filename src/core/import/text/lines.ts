export interface Line {
  /** 1-based. */
  number: number;
  text: string;
}

/** The lines of a text with any of the three line ends. A line end at the very end does not begin another line. */
export function linesOf(text: string): Line[] {
  const lines = text.split(/\r\n|\r|\n/).map((line, index) => ({ number: index + 1, text: line }));
  if (lines.at(-1)?.text === '') lines.pop();
  return lines;
}
