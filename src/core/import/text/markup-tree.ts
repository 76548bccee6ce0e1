import { DomHandler, type Document } from 'domhandler';
import { Parser } from 'htmlparser2';

/**
 * Nesting depth of the tree. Deeper elements have no children, and their text follows them. The parser inserts and
 * removes at the front of its stack, an array: 100,000 open elements took 7 seconds, and the time grows with the square.
 */
const maxDepth = 500;

class TreeHandler extends DomHandler {
  get depth(): number {
    return this.tagStack.length;
  }
}

class ShallowParser extends Parser {
  readonly #tree: TreeHandler;
  #isTooDeep = false;

  constructor(tree: TreeHandler, isXml: boolean) {
    super(tree, { xmlMode: isXml, recognizeCDATA: true });
    this.#tree = tree;
  }

  override onopentagname(start: number, end: number): void {
    this.#isTooDeep = this.#tree.depth >= maxDepth;
    super.onopentagname(start, end);
  }

  override onclosetag(start: number, end: number): void {
    this.#isTooDeep = false;
    super.onclosetag(start, end);
  }

  protected override isVoidElement(name: string): boolean {
    return this.#isTooDeep || super.isVoidElement(name);
  }
}

/** The tree of HTML or XML, however broken: entities decoded once, CDATA read, nothing fetched or expanded. */
export function markupTree(source: string, mode: 'html' | 'xml'): Document {
  const isXml = mode === 'xml';
  const tree = new TreeHandler(undefined, { withStartIndices: true, xmlMode: isXml });
  new ShallowParser(tree, isXml).end(source);
  return tree.root;
}
