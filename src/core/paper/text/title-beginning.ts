/** Of a text as many whole words as fit, or as much of its first word: by which a paper is known as by all of its title. */
export function beginningOf(text: string, longest: number): string {
  return text.length <= longest ? text : text.slice(0, longest + 1).replace(/\s+\S*$|.$/u, '');
}
