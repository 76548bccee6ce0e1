import { isTag, isText, type ChildNode, type Element } from 'domhandler';
import { markupTree } from './markup-tree';

/**
 * The root of an XML text, which may be broken or cut off. Element names are as written, with their prefix; the
 * `startIndex` of each is its index in `source`. A text that declares entities is refused: expanding them can make a
 * small file huge, or read another file.
 */
export function readXml(source: string): { root: Element | null; refusal: string | null } {
  if (declaresEntities(source)) {
    return { root: null, refusal: 'It declares XML entities of its own, which are not expanded here.' };
  }
  const root = markupTree(source, 'xml').children.find(isTag) ?? null;
  return { root, refusal: null };
}

/** What begins with `<` and may come before the root element. */
const prologPattern = /<\?|<!--|<!doctype/iy;

function declaresEntities(source: string): boolean {
  let at = 0;
  for (;;) {
    const next = source.indexOf('<', at);
    if (next === -1) return false;
    prologPattern.lastIndex = next;
    const opening = prologPattern.exec(source)?.[0];
    if (opening === undefined) return false;
    if (opening === '<?' || opening === '<!--') {
      const end = opening === '<?' ? '?>' : '-->';
      const closing = source.indexOf(end, next + opening.length);
      if (closing === -1) return false;
      at = closing + end.length;
    } else {
      return hasEntityDeclaration(source, next);
    }
  }
}

function hasEntityDeclaration(source: string, doctype: number): boolean {
  const subset = source.slice(doctype).search(/[[>]/) + doctype;
  if (source.charAt(subset) !== '[') return false;
  const end = source.indexOf(']>', subset);
  return /<!ENTITY/i.test(source.slice(subset, end === -1 ? undefined : end));
}

/** The first child element of that name. */
export function child(element: Element, name: string): Element | undefined {
  return element.children.find((node): node is Element => isTag(node) && node.name === name);
}

/** The child elements of that name. */
export function children(element: Element, name: string): Element[] {
  return element.children.filter((node): node is Element => isTag(node) && node.name === name);
}

/** The text of an element without the tags inside it, trimmed; '' without an element. */
export function xmlText(element: Element | undefined): string {
  if (element === undefined) return '';
  const pieces: string[] = [];
  const stack: ChildNode[] = [element];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (isText(node)) pieces.push(node.data);
    else if ('children' in node) {
      for (let index = node.children.length - 1; index >= 0; index--) {
        const inner = node.children[index];
        if (inner !== undefined) stack.push(inner);
      }
    }
  }
  return pieces.join('').trim();
}

/** An attribute's value, '' when the element or the attribute is absent. */
export function attribute(element: Element | undefined, name: string): string {
  if (element === undefined || !Object.hasOwn(element.attribs, name)) return '';
  return element.attribs[name] ?? '';
}

/** The 1-based line of the character at `index`. */
export function lineAt(source: string, index: number): number {
  return lineCounter(source)(index);
}

/** As `lineAt`, for many indices: ascending ones cost one pass over the text in total. */
export function lineCounter(source: string): (index: number) => number {
  const ends = /\r\n|\r|\n/g;
  let line = 1;
  let from = 0;
  let next = ends.exec(source);
  return (index) => {
    if (index < from) {
      ends.lastIndex = 0;
      line = 1;
      next = ends.exec(source);
    }
    while (next !== null && next.index + next[0].length <= index) {
      line += 1;
      next = ends.exec(source);
    }
    from = index;
    return line;
  };
}
