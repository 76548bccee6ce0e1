const NAME = /^(?:(?:\p{Lu}[\p{L}.'’-]*|de|del|der|di|du|la|le|van|von|da|dos|bin|al)(?: |$)){1,5}$/u;
const MAX_NAMES = 300;

/** Several names of a few capitalised words each, as "Zoë Márquez, Jan van der Berg" has and few titles have. */
export function isNameList(text: string): boolean {
  const names = text.split(/;|,| and | & /, MAX_NAMES + 1).map((name) => name.trim());
  return names.length > 1 && names.length <= MAX_NAMES && names.every((name) => NAME.test(name));
}

/** One name of two or three words. */
export function isName(text: string): boolean {
  const words = text.split(' ').length;
  return (words === 2 || words === 3) && NAME.test(text);
}
