import type { Problem } from '../../paper/paper';

/** What there is to say of one record. One that was left out is one problem, since these are counted as records. */
export function recordProblems(where: string, whys: readonly string[], isTaken: boolean): Problem[] {
  if (isTaken) return whys.map((why) => ({ where, why }));
  return [{ where, why: whys.join(' ') || 'There is no paper in it.', isSkipped: true }];
}
