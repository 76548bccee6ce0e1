export type KeyAction =
  | 'search'
  | 'list'
  | 'map'
  | 'next'
  | 'previous'
  | 'next-result'
  | 'previous-result'
  | 'open'
  | 'star'
  | 'read'
  | 'tag'
  | 'note'
  | 'help'
  | 'close';

const actions: Record<string, KeyAction> = {
  '/': 'search',
  l: 'list',
  m: 'map',
  j: 'next',
  k: 'previous',
  n: 'next-result',
  p: 'previous-result',
  s: 'star',
  u: 'read',
  t: 'tag',
  e: 'note',
  '?': 'help',
  Escape: 'close',
};

/**
 * The page-wide action of a key; null while the reader is typing or another element has handled the key. A reader who
 * speaks to the computer, or touches keys by accident, can switch off those of one character (WCAG 2.1.4).
 */
export function keyAction(event: KeyboardEvent, hasSingleLetterKeys: boolean): KeyAction | null {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return null;
  const target = event.target instanceof HTMLElement ? event.target : null;
  const isTyping =
    target?.matches('input:not([type=radio], [type=file]), textarea, select, [contenteditable]') ?? false;
  // Enter activates the focused element, unless nothing is focused
  if (event.key === 'Enter') return target === document.body ? 'open' : null;
  if (event.key.length === 1 && !hasSingleLetterKeys) return null;
  const action = actions[event.key] ?? actions[event.key.toLowerCase()] ?? null;
  return isTyping && action !== 'close' ? null : action;
}
