import type { Attachment } from 'svelte/attachments';

const heldMs = 450;
/** A finger never holds quite still. */
const slackPx = 10;

/** Calls `onHeld` after a long press by touch, and suppresses the click and the context menu that would follow. */
export function longPress(onHeld: () => void): Attachment<HTMLElement> {
  return (element) => {
    const listening = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let from = { x: 0, y: 0 };
    let isHeld = false;

    const stop = () => clearTimeout(timer);
    const on = <Type extends keyof HTMLElementEventMap>(
      type: Type,
      listen: (event: HTMLElementEventMap[Type]) => void,
    ) => element.addEventListener(type, listen, { capture: true, signal: listening.signal });

    on('pointerdown', (event) => {
      stop();
      isHeld = false;
      if (event.pointerType !== 'touch') return;
      from = { x: event.clientX, y: event.clientY };
      timer = setTimeout(() => {
        isHeld = true;
        onHeld();
      }, heldMs);
    });
    on('pointermove', (event) => {
      if (Math.hypot(event.clientX - from.x, event.clientY - from.y) > slackPx) stop();
    });
    on('pointerup', stop);
    on('pointercancel', stop);
    on('contextmenu', (event) => {
      if (isHeld) event.preventDefault();
    });
    on('click', (event) => {
      if (!isHeld) return;
      isHeld = false;
      event.preventDefault();
      event.stopPropagation();
    });
    return () => {
      stop();
      listening.abort();
    };
  };
}
