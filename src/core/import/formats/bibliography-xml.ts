import { isTag, type Element } from 'domhandler';
import { child } from '../text/xml';

/** All elements of those names below the root, or the root itself, in document order: in a broken file they nest. */
export function descendants(root: Element, names: readonly string[]): Element[] {
  const found: Element[] = [];
  const waiting = [root];
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    if (names.includes(element.name)) found.push(element);
    for (let index = element.children.length - 1; index >= 0; index--) {
      const inner = element.children[index];
      if (inner !== undefined && isTag(inner)) waiting.push(inner);
    }
  }
  return found;
}

/** The element to which the names lead, one step each. */
export function reach(from: Element, ...names: readonly string[]): Element | undefined {
  return names.reduce<Element | undefined>((at, name) => at && child(at, name), from);
}
