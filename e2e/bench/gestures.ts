import type { Locator } from 'playwright';

/** Frames of one gesture. */
const frames = 240;

/**
 * Drags the map in a circle, or turns the wheel in and out, by one event per frame. Resolves to the milliseconds between
 * frames. The events are created in the page, because events from outside do not arrive once per frame.
 */
export function frameTimes(canvas: Locator, action: 'pan' | 'zoom'): Promise<number[]> {
  return canvas.evaluate(
    async (element, { action, frames }) => {
      const box = element.getBoundingClientRect();
      const centre = { clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 };
      const shared = { bubbles: true, cancelable: true, view: window };
      if (action === 'pan') element.dispatchEvent(new MouseEvent('mousedown', { ...shared, ...centre }));
      const times: number[] = [];
      let last = await new Promise<number>(requestAnimationFrame);
      for (let frame = 0; frame < frames; frame++) {
        const angle = (4 * Math.PI * frame) / frames;
        const aside = {
          clientX: centre.clientX + 160 * Math.sin(angle),
          clientY: centre.clientY + 160 * (1 - Math.cos(angle)),
        };
        if (action === 'pan') window.dispatchEvent(new MouseEvent('mousemove', { ...shared, ...aside }));
        else {
          const deltaY = Math.cos(angle) > 0 ? -24 : 24;
          element.dispatchEvent(new WheelEvent('wheel', { ...shared, ...centre, deltaY }));
        }
        const now = await new Promise<number>(requestAnimationFrame);
        times.push(now - last);
        last = now;
      }
      if (action === 'pan') window.dispatchEvent(new MouseEvent('mouseup', { ...shared, ...centre }));
      return times;
    },
    { action, frames },
  );
}
