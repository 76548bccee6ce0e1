export interface Line {
  /** 1-based. */
  number: number;
  text: string;
}

/** The lines of a text, whichever of the three line ends it uses. A line end at the very end begins no line. */
export function linesOf(text: string): Line[] {
  const lines = text.split(/\r\n|\r|\n/).map((line, index) => ({ number: index + 1, text: line }));
  if (lines.at(-1)?.text === '') lines.pop();
  return lines;
}
