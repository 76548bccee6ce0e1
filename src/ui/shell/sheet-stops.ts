export type SheetStop = 'peek' | 'half' | 'full';

export const sheetStops: readonly SheetStop[] = ['peek', 'half', 'full'];

/** Share of the room between bar and status line that the sheet covers. */
export const sheetShares: Record<SheetStop, number> = { peek: 0.16, half: 0.52, full: 1 };
/** Its handle and one line. */
export const lowestSheetPx = 96;

export function sheetPx(stop: SheetStop, roomPx: number): number {
  return Math.max(lowestSheetPx, sheetShares[stop] * roomPx);
}

export function nearestStop(heightPx: number, roomPx: number): SheetStop {
  const distance = (stop: SheetStop) => Math.abs(sheetPx(stop, roomPx) - heightPx);
  return sheetStops.toSorted((a, b) => distance(a) - distance(b))[0] ?? 'half';
}
