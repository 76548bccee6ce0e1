/** A longer formula is an error of some export; its source is shown. */
const maxCharacters = 2_000;
/** Temml's limit of macro expansions, against macros that expand without end. */
const maxExpand = 200;

interface MathNode {
  attributes?: Record<string, string>;
  style?: Record<string, string>;
  children?: MathNode[];
}

/**
 * Replaces the content of `element` by MathML of `source`, TeX without its dollar signs. If it cannot be typeset, the
 * content stays as it is. Temml is loaded with the first formula; rejects when that fails.
 */
export async function typeset(element: HTMLElement, source: string, isDisplay: boolean): Promise<void> {
  if (source.length > maxCharacters) return;
  const { default: temml } = await import('temml');
  let math: Node;
  try {
    const tree = temml.__renderToMathMLTree(source, {
      displayMode: isDisplay,
      throwOnError: true,
      trust: false,
      maxExpand,
    }) as MathNode & { toNode(): Node };
    styleWithoutAttributes(tree);
    math = tree.toNode();
  } catch {
    // Temml does not know this TeX: the source stays readable.
    return;
  }
  element.replaceChildren(math);
}

/** The content policy forbids style attributes, which Temml writes for two commands; style properties are allowed. */
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
