/** As many whole words of a text as fit, or the beginning of its first word: enough of a title to find its paper. */
export function beginningOf(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : text.slice(0, maxLength + 1).replace(/\s+\S*$|.$/u, '');
}
