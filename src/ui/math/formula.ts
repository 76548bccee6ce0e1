/** A longer formula is a mistake of some export, and shown as its source. */
const maxCharacters = 2_000;
/** Macros that expand into macros are cut here. */
const maxExpand = 200;

interface MathNode {
  attributes?: Record<string, string>;
  style?: Record<string, string>;
  children?: MathNode[];
}

/**
 * Puts MathML in the place of `source`, TeX without its dollar signs. What cannot be typeset stays as it is. Temml is
 * loaded with the first formula.
 */
export async function typeset(element: HTMLElement, source: string, isDisplay: boolean): Promise<void> {
  if (source.length > maxCharacters) return;
  let math: Node;
  try {
    const { default: temml } = await import('temml');
    const tree = temml.__renderToMathMLTree(source, {
      displayMode: isDisplay,
      throwOnError: true,
      trust: false,
      maxExpand,
    }) as MathNode & { toNode(): Node };
    styleWithoutAttributes(tree);
    math = tree.toNode();
  } catch {
    // TeX that Temml does not know, or that came before Temml could be had, is still readable as TeX.
    return;
  }
  element.replaceChildren(math);
}

/** The page's policy refuses style attributes, which Temml writes for two of its commands; it allows the same by property. */
function styleWithoutAttributes(root: MathNode): void {
  const nodes = [root];
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    nodes.push(...(node.children ?? []));
    const text = node.attributes?.['style'];
    if (text === undefined || node.attributes === undefined) continue;
    delete node.attributes['style'];
    const style = (node.style ??= {});
    for (const declaration of text.split(';')) {
      const [property = '', value = ''] = declaration.split(':').map((part) => part.trim());
      if (property !== '') style[property] = value;
    }
  }
}
