import { isTag, type ChildNode, type Element } from 'domhandler';
import { child } from '../text/xml';

/**
 * All elements of those names, in document order, taken out of the tree: in a file where one is not closed the rest
 * lie inside it, and would be read as its text.
 */
export function takeRecords(root: Element, names: readonly string[]): Element[] {
  const found: Element[] = [];
  const waiting = [root];
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    if (names.includes(element.name)) found.push(element);
    const inner = element.children.filter((node) => isTag(node));
    for (const node of inner.reverse()) waiting.push(node);
    if (inner.some(({ name }) => names.includes(name))) {
      setChildren(
        element,
        element.children.filter((node) => !isTag(node) || !names.includes(node.name)),
      );
    }
  }
  return found;
}

function setChildren(parent: Element, nodes: ChildNode[]): void {
  parent.children = nodes;
  nodes.forEach((node, index) => {
    node.prev = nodes[index - 1] ?? null;
    node.next = nodes[index + 1] ?? null;
  });
}

/** The element to which the names lead, one step each. */
export function reach(from: Element, ...names: readonly string[]): Element | undefined {
  return names.reduce<Element | undefined>((at, name) => at && child(at, name), from);
}
