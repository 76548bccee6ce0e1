import { linesOf } from '../../text/lines';

/** A block of a Markdown text: a heading, a bullet, a paragraph, a row of a table. */
export interface MarkdownBlock {
  kind: 'heading' | 'bullet' | 'text' | 'row';
  /** 1-based. */
  line: number;
  /** The level of a heading; else the blanks before the first line. */
  indent: number;
  /** Without its marker. The lines of a paragraph are joined. */
  text: string;
}

const fencePattern = /^ {0,3}(`{3,}|~{3,})/;
/** The rest of a line matches whatever is in it (a line separator U+2028, say): trying again would take quadratic time. */
const headingPattern = /^ {0,3}(#{1,6})[ \t]+(.*)$/s;
const bulletPattern = /^([ \t]*)(?:(?:[-*+]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(.*)|[-*+])$/s;
const rulePattern = /^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const underlinePattern = /^ {0,3}(?:=+|-+)[ \t]*$/;

/** The blocks of a text, without code, comments, rules and YAML front matter. Quoted text is read like other text. */
export function markdownBlocks(text: string): MarkdownBlock[] {
  const reader = new BlockReader();
  const lines = linesOf(text);
  const content = lines.slice(frontMatterLength(lines));
  for (const { number, text: line } of content) reader.read(number, line);
  // An unclosed fence or comment hides only its own line.
  const unclosed = reader.unclosed;
  if (unclosed > 0) {
    reader.ignoreFences();
    for (const { number, text: line } of content) if (number > unclosed) reader.read(number, line);
  }
  return reader.end();
}

class BlockReader {
  readonly #blocks: MarkdownBlock[] = [];
  #fence = '';
  #isInComment = false;
  #openedAt = 0;
  #hasFences = true;
  /** The lines of the last block, as long as a line without a marker continues it. */
  #open: string[] | null = null;

  /** The line at which the open fence or comment began; 0 when none is open. */
  get unclosed(): number {
    return this.#fence !== '' || this.#isInComment ? this.#openedAt : 0;
  }

  ignoreFences(): void {
    this.#fence = '';
    this.#isInComment = false;
    this.#hasFences = false;
  }

  end(): MarkdownBlock[] {
    this.#close();
    return this.#blocks;
  }

  read(number: number, raw: string): void {
    const line = raw.replace(/^(?: {0,3}> ?)+/, '');
    if (this.#fence !== '') {
      if (line.trimStart().startsWith(this.#fence)) this.#fence = '';
    } else if (this.#isInComment) {
      this.#isInComment = !raw.includes('-->');
    } else {
      const fence = fencePattern.exec(line)?.[1] ?? '';
      const isComment = /^\s*<!--/.test(line);
      if (this.#hasFences && (fence !== '' || isComment)) {
        this.#fence = fence;
        this.#isInComment = isComment && !line.includes('-->');
        this.#openedAt = number;
      }
      if (fence !== '' || isComment || line.trim() === '') this.#close();
      else this.#readLine(number, line);
    }
  }

  #readLine(number: number, line: string): void {
    const last = this.#blocks.at(-1);
    const heading = headingPattern.exec(line);
    if (heading) {
      this.#add('heading', number, heading[1]?.length ?? 1, (heading[2] ?? '').replace(/[ \t]#+[ \t]*$/, ''));
      this.#close();
    } else if (underlinePattern.test(line) && this.#open?.length === 1 && last?.kind === 'text') {
      last.kind = 'heading';
      last.indent = line.includes('=') ? 1 : 2;
      this.#close();
    } else if (rulePattern.test(line)) {
      this.#close();
    } else if (/^\s*\|/.test(line)) {
      this.#add('row', number, 0, line.trim());
      this.#close();
    } else {
      const bullet = bulletPattern.exec(line);
      if (bullet) this.#add('bullet', number, width(bullet[1] ?? ''), bullet[2] ?? '');
      else if (this.#open !== null) this.#open.push(line.trim());
      else this.#add('text', number, width(/^[ \t]*/.exec(line)?.[0] ?? ''), line.trim());
    }
  }

  #add(kind: MarkdownBlock['kind'], line: number, indent: number, text: string): void {
    this.#close();
    this.#blocks.push({ kind, line, indent, text });
    this.#open = [text];
  }

  #close(): void {
    const last = this.#blocks.at(-1);
    if (this.#open !== null && last !== undefined) last.text = this.#open.join(' ');
    this.#open = null;
  }
}

function width(blanks: string): number {
  return blanks.replaceAll('\t', '    ').length;
}

/** Number of lines of YAML front matter, between two rules at the head of a file. */
function frontMatterLength(lines: readonly { text: string }[]): number {
  if (lines[0]?.text.trimEnd() !== '---') return 0;
  const end = lines
    .slice(0, 200)
    .findIndex((line, index) => index > 0 && /^(?:---|\.\.\.)\s*$/.test(line.text));
  return end < 0 ? 0 : end + 1;
}
