const namePattern = /^(?:(?:\p{Lu}[\p{L}.'’-]*|de|del|der|di|du|la|le|van|von|da|dos|bin|al)(?: |$)){1,5}$/u;
const maxNames = 300;

/** Is it several names of a few capitalised words each, as in "Zoë Márquez, Jan van der Berg"? Few titles look so. */
export function isNameList(text: string): boolean {
  const names = text.split(/;|,| and | & /, maxNames + 1).map((name) => name.trim());
  return names.length > 1 && names.length <= maxNames && names.every((name) => namePattern.test(name));
}

/** Is it one name of two or three words? */
export function isName(text: string): boolean {
  const words = text.split(' ').length;
  return (words === 2 || words === 3) && namePattern.test(text);
}
