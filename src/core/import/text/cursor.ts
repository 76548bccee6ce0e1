/**
 * A position in a text that moves forward. A tokenizer built on it is linear if `visited` grows in proportion to the
 * text, which a test can count without a clock. Patterns must not look further ahead than what they match.
 */
export class Cursor {
  /** Index of the next character. */
  at = 0;
  /** Characters examined so far; a failed match counts as one. */
  visited = 0;

  constructor(readonly source: string) {}

  get isDone(): boolean {
    return this.at >= this.source.length;
  }

  /** The next character, '' at the end. */
  peek(): string {
    return this.source.charAt(this.at);
  }

  /** Moves past what the sticky pattern matches here and returns it; returns null and stays when it does not match. */
  take(pattern: RegExp): string | null {
    if (!pattern.sticky) throw new Error(`not a sticky pattern: ${String(pattern)}`);
    this.visited += 1;
    pattern.lastIndex = this.at;
    const taken = pattern.exec(this.source)?.[0];
    if (taken === undefined) return null;
    this.visited += taken.length;
    this.at += taken.length;
    return taken;
  }

  /** Moves to the next occurrence of the text or global pattern, or else to the end. Returns the text in between. */
  skipTo(pattern: string | RegExp): string {
    const from = this.at;
    const found = this.#indexOf(pattern);
    this.at = found === -1 ? this.source.length : found;
    this.visited += this.at - from + 1;
    return this.source.slice(from, this.at);
  }

  #indexOf(pattern: string | RegExp): number {
    if (typeof pattern === 'string') return this.source.indexOf(pattern, this.at);
    if (!pattern.global) throw new Error(`not a global pattern: ${String(pattern)}`);
    pattern.lastIndex = this.at;
    return pattern.exec(this.source)?.index ?? -1;
  }
}
