import type { Direction } from './navigation';

export type MapCommand =
  | { kind: 'step'; direction: Direction }
  | { kind: 'pan'; rightPx: number; downPx: number }
  | { kind: 'zoom'; factor: number }
  | { kind: 'end'; end: 'first' | 'last' }
  | { kind: 'fit' | 'open' | 'leave' };

const arrows: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

const panPx = 96;
/** One step of zoom, by key or by button. */
export const zoomFactor = 1.6;

/** The map's command for a key; null for keys of the page. */
export function commandOf(
  key: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>,
): MapCommand | null {
  if (key.ctrlKey || key.metaKey || key.altKey) return null;
  const direction = arrows[key.key];
  if (direction !== undefined) return key.shiftKey ? panTowards(direction) : { kind: 'step', direction };
  switch (key.key) {
    case '+':
    case '=':
      return { kind: 'zoom', factor: zoomFactor };
    case '-':
    case '_':
      return { kind: 'zoom', factor: 1 / zoomFactor };
    case '0':
      return { kind: 'fit' };
    case 'Home':
      return { kind: 'end', end: 'first' };
    case 'End':
      return { kind: 'end', end: 'last' };
    case 'Enter':
      return { kind: 'open' };
    case 'Escape':
      return { kind: 'leave' };
    default:
      return null;
  }
}

function panTowards(direction: Direction): MapCommand {
  const rightPx = direction === 'right' ? panPx : direction === 'left' ? -panPx : 0;
  const downPx = direction === 'down' ? panPx : direction === 'up' ? -panPx : 0;
  return { kind: 'pan', rightPx, downPx };
}
