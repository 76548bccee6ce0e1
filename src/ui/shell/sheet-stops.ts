export type SheetStop = 'peek' | 'half' | 'full';

export const sheetStops: readonly SheetStop[] = ['peek', 'half', 'full'];

/** Share of the height between top bar and status line that the sheet covers. */
export const sheetShares: Record<SheetStop, number> = { peek: 0.16, half: 0.52, full: 1 };
/** Room for the handle and one line. */
export const lowestSheetPx = 96;

export function sheetPx(stop: SheetStop, availablePx: number): number {
  return Math.max(lowestSheetPx, sheetShares[stop] * availablePx);
}

export function nearestStop(heightPx: number, availablePx: number): SheetStop {
  const distance = (stop: SheetStop) => Math.abs(sheetPx(stop, availablePx) - heightPx);
  return sheetStops.toSorted((a, b) => distance(a) - distance(b))[0] ?? 'half';
}
