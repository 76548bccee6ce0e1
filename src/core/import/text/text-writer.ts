/** Joins pieces of text as a browser does: white space is folded, also across pieces. */
export class TextWriter {
  readonly #pieces: string[] = [];
  #pending: '' | ' ' | '\n' = '';
  #last = '';

  /** Is the last character a digit, with no space or line break pending after it? */
  get endsInDigit(): boolean {
    return this.#pending === '' && /\d/.test(this.#last);
  }

  write(text: string): void {
    const folded = text.replace(/\s+/g, ' ');
    if (folded.startsWith(' ')) this.space();
    const words = folded.trim();
    if (words === '') return;
    this.writeVerbatim(words);
    if (folded.endsWith(' ')) this.space();
  }

  writeVerbatim(text: string): void {
    if (text === '') return;
    this.#pieces.push(this.#pending, text);
    this.#pending = '';
    this.#last = text.charAt(text.length - 1);
  }

  space(): void {
    if (this.#pending === '' && this.#pieces.length > 0) this.#pending = ' ';
  }

  breakLine(): void {
    if (this.#pieces.length > 0) this.#pending = '\n';
  }

  text(): string {
    return this.#pieces.join('').trim();
  }
}
