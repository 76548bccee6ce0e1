import { isTag, isText, type ChildNode, type Document, type Element, type ParentNode } from 'domhandler';
import { markupTree } from './markup-tree';
import { TextWriter } from './text-writer';

type AnyNode = ParentNode | ChildNode;

/** The tree of a page or a fragment. Never fails; names of elements and attributes are in lower case. */
export function parseHtml(source: string): Document {
  return markupTree(source, 'html');
}

/** All elements of that name below the root, in document order. */
export function elements(root: ParentNode | ChildNode, name: string): Element[] {
  const found: Element[] = [];
  walk(root, (node) => {
    if (node !== root && isTag(node) && node.name === name) found.push(node);
    return true;
  });
  return found;
}

const unreadElements = new Set(
  ['script', 'style', 'head', 'template', 'noscript', 'iframe', 'svg', 'select', 'textarea'].concat(
    // MathML's copy of the formula in another language
    ['annotation', 'annotation-xml'],
  ),
);

const blockElements = new Set(
  (
    'address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure ' +
    'footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre search section summary table ' +
    'tbody tfoot thead title tr ul br sec disp-formula disp-quote list list-item label'
  ).split(' '),
);

const cellElements = new Set(['td', 'th']);

/**
 * The visible text of the nodes: blocks and `<br>` begin lines, white space is folded except in `<pre>`. Nesting may be
 * of any depth.
 */
export function htmlText(node: ParentNode | ChildNode | readonly ChildNode[]): string {
  const writer = new TextWriter();
  const roots: readonly AnyNode[] = 'type' in node ? [node] : node;
  for (const root of roots) writeText(root, writer);
  return writer.text();
}

/**
 * The text of a title or an abstract that may hold tags (HTML, JATS) and entities, decoded once. Only well-formed known
 * tags count: `a < b`, `Vec<T>` and `$a<b$` are unchanged, and so is a text without tags.
 */
export function markupToText(fragment: string): string {
  let hasTags = false;
  const source = withoutComments(fragment);
  const escaped = source.replace(
    markupPattern,
    (markup, name: string | undefined, attributes: string | undefined) => {
      if (name === undefined || !isKnownTag(name, attributes ?? '')) return `&lt;${markup.slice(1)}`;
      hasTags = true;
      return markup;
    },
  );
  if (!hasTags && !source.includes('&')) return source;
  const tree = parseHtml(escaped);
  return hasTags ? htmlText(tree) : ownText(tree);
}

function withoutComments(fragment: string): string {
  let result = '';
  let from = 0;
  for (;;) {
    const opening = fragment.indexOf('<!--', from);
    const closing = opening === -1 ? -1 : fragment.indexOf('-->', opening);
    if (closing === -1) return result + fragment.slice(from);
    result += fragment.slice(from, opening);
    from = closing + 3;
  }
}

/** A tag in which no other begins, or a bare `<`. */
const markupPattern = /<\/?([a-z][\w:.-]*)(?![\w:.-])([^<>]*)>|</gi;
const attributesPattern = /^(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=]+))*\s*\/?$/;

const inlineElements = new Set(
  (
    'a abbr acronym alternatives b bdi bdo big bold cite code data del dfn ext-link em font i img inline-formula ins ' +
    'italic kbd mark math monospace named-content nobr q roman s samp sans-serif sc script small span strike strong ' +
    'style styled-content sub sup td tex-math th time tt u underline uri var wbr xref'
  ).split(' '),
);

function isKnownTag(written: string, attributes: string): boolean {
  const name = written.toLowerCase();
  const isKnown =
    blockElements.has(name) || inlineElements.has(name) || /^(?:jats|mml|m|xhtml|html):/.test(name);
  return isKnown && attributesPattern.test(attributes);
}

function writeText(root: AnyNode, writer: TextWriter): void {
  const withTex = new Set<AnyNode>();
  let verbatim: AnyNode | null = null;
  const enter = (node: AnyNode): boolean => {
    if (isText(node)) {
      if (verbatim === null) writer.write(node.data);
      else writer.writeVerbatim(node.data);
      return false;
    }
    if (!isTag(node)) return 'children' in node;
    const name = localName(node);
    if (node !== root && unreadElements.has(name)) return false;
    // A JATS file has each formula several times: as TeX, as MathML, as an image.
    if (name === 'alternatives' && node.children.some(isTexMath)) withTex.add(node);
    if (node.parent !== null && withTex.has(node.parent) && !isTexMath(node)) return false;
    if (name === 'tex-math') {
      writer.write(texSource(ownText(node)));
      return false;
    }
    if (blockElements.has(name)) writer.breakLine();
    else if (cellElements.has(name)) writer.space();
    else if (name === 'sup' && writer.endsInDigit && isNumber(ownText(node))) writer.write('^');
    if (name === 'pre') verbatim ??= node;
    return true;
  };
  const leave = (node: AnyNode) => {
    if (!isTag(node)) return;
    const name = localName(node);
    if (blockElements.has(name)) writer.breakLine();
    else if (cellElements.has(name)) writer.space();
    if (node === verbatim) verbatim = null;
  };
  walk(root, enter, leave);
}

function isTexMath(node: AnyNode): boolean {
  return isTag(node) && localName(node) === 'tex-math';
}

/** Without its prefix: `jats:p` is a paragraph too. */
function localName(element: Element): string {
  const colon = element.name.indexOf(':');
  return colon === -1 ? element.name : element.name.slice(colon + 1);
}

function ownText(element: ParentNode): string {
  return element.children.map((child) => (isText(child) ? child.data : '')).join('');
}

/** The body of the TeX document in which publishers wrap each formula. */
function texSource(tex: string): string {
  const begin = tex.indexOf('\\begin{document}');
  const end = tex.lastIndexOf('\\end{document}');
  return begin === -1 || end < begin ? tex : tex.slice(begin + '\\begin{document}'.length, end);
}

/** A numeric exponent gets a `^`: 10<sup>5</sup> is not 105, while 1<sup>st</sup> may be 1st. */
function isNumber(text: string): boolean {
  return /^\s*[-+\u2212]?\d+\s*$/.test(text);
}

/** Visits the nodes in document order by following their links, as recursion would overflow the stack on a deep tree. */
function walk(root: AnyNode, enter: (node: AnyNode) => boolean, leave?: (node: AnyNode) => void): void {
  let node = root;
  for (;;) {
    const first = enter(node) && 'children' in node ? node.children[0] : undefined;
    if (first !== undefined) {
      node = first;
      continue;
    }
    leave?.(node);
    while (node !== root && node.next === null && node.parent !== null) {
      node = node.parent;
      leave?.(node);
    }
    if (node === root || node.next === null) return;
    node = node.next;
  }
}
