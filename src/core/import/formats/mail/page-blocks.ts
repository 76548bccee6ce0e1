import type { ChildNode, Document, Element } from 'domhandler';

/** A link in the text of a block. */
export interface BlockLink {
  /** As written in the page. */
  href: string;
  /** Range of its text in the text of the block. */
  start: number;
  end: number;
}

/** A block of visible text: a paragraph, a heading, a table cell. */
export interface PageBlock {
  /** Level of a heading, 1 to 6; 0 for other blocks. */
  heading: number;
  /** With white space folded, and a line break for each `<br>`. */
  text: string;
  links: BlockLink[];
}

const blockElements = new Set(
  (
    'address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul'
  ).split(' '),
);
const hiddenElements = new Set(
  'head script style template noscript nav svg select button textarea object iframe'.split(' '),
);

/** The visible text of a page by blocks. Uses its own stack, as elements may be nested to any depth. */
export function pageBlocks(document: Document): PageBlock[] {
  const writer = new BlockWriter();
  const open: { element: Element | null; children: readonly ChildNode[]; at: number }[] = [
    { element: null, children: document.children, at: 0 },
  ];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const node = top.children[top.at];
    top.at += 1;
    if (node === undefined) {
      if (top.element !== null) writer.leave(top.element);
      open.pop();
    } else if (node.type === 'text') {
      writer.write(node.data);
    } else if ('attribs' in node) {
      if (hiddenElements.has(node.name) || isHidden(node)) continue;
      writer.enter(node);
      open.push({ element: node, children: node.children, at: 0 });
    } else if ('children' in node) {
      open.push({ element: null, children: node.children, at: 0 });
    }
  }
  writer.endBlock();
  return writer.blocks;
}

function isHidden({ attribs }: Element): boolean {
  return (
    attribs['hidden'] !== undefined || /display\s*:\s*none/i.test(attribs['style']?.slice(0, 2_000) ?? '')
  );
}

class BlockWriter {
  readonly blocks: PageBlock[] = [];
  #parts: string[] = [];
  #length = 0;
  /** White space to write before the next word. */
  #gap: '' | ' ' | '\n' = '';
  #links: BlockLink[] = [];
  #openLink: BlockLink | null = null;
  #heading = 0;

  enter(element: Element): void {
    const { name } = element;
    if (name === 'br') this.#gap = '\n';
    if (name === 'a') this.#startLink(element.attribs['href'] ?? '');
    if (!blockElements.has(name)) return;
    this.endBlock();
    if (/^h[1-6]$/.test(name)) this.#heading = Number(name[1]);
  }

  leave({ name }: Element): void {
    if (name === 'a') this.#endLink();
    if (!blockElements.has(name)) return;
    this.endBlock();
    if (/^h[1-6]$/.test(name)) this.#heading = 0;
  }

  write(data: string): void {
    for (const [piece] of data.matchAll(/\s+|\S+/g)) {
      if (/^\s/.test(piece)) {
        if (this.#gap === '') this.#gap = ' ';
        continue;
      }
      if (this.#length > 0) this.#push(this.#gap);
      this.#gap = '';
      // White space before a link is not part of the link.
      if (this.#openLink !== null && this.#openLink.start < 0) this.#openLink.start = this.#length;
      this.#push(piece);
      if (this.#openLink !== null) this.#openLink.end = this.#length;
    }
  }

  endBlock(): void {
    const href = this.#openLink?.href;
    this.#endLink();
    if (this.#length > 0 || this.#links.length > 0) {
      this.blocks.push({ heading: this.#heading, text: this.#parts.join(''), links: this.#links });
    }
    this.#parts = [];
    this.#length = 0;
    this.#gap = '';
    this.#links = [];
    // A link around several blocks continues in the next one.
    if (href !== undefined) this.#startLink(href);
  }

  #push(text: string): void {
    this.#parts.push(text);
    this.#length += text.length;
  }

  #startLink(href: string): void {
    this.#endLink();
    this.#openLink = { href, start: -1, end: -1 };
  }

  #endLink(): void {
    const link = this.#openLink;
    this.#openLink = null;
    if (link === null || link.href === '') return;
    // A link without text, such as an image, still marks the beginning of a paper.
    this.#links.push(link.start < 0 ? { href: link.href, start: this.#length, end: this.#length } : link);
  }
}
