import { describe, expect, it } from 'vitest';
import { headPx, paperPx } from './list-layout';
import { ListRows } from './list-rows';

const listOf = (ids: string, results: number | null = null) =>
  new ListRows(
    '',
    [...ids].map((id) => ({ id })),
    results,
  );

describe('rows of a list', () => {
  it('finds the row of each paper, past the head of the lower-ranked', () => {
    const list = listOf('abcd', 2);
    expect(['a', 'b', 'c', 'd', 'x'].map((id) => list.rowOf(id))).toEqual([0, 1, 3, 4, -1]);
    expect(list.paperAt(2)).toBeUndefined();
    expect(list.rowOf(list.idAt(2))).toBe(2);
    expect(listOf('abcd').rowOf(list.idAt(2))).toBe(-1);
  });

  it('anchors the focused row', () => {
    const anchor = listOf('abcdefgh').anchor('c', paperPx, 400);
    expect(anchor).toEqual({ id: 'c', fromTopPx: paperPx });
    expect(anchor && listOf('habfgdec').scrollFor(anchor)).toBe(6 * paperPx);
    expect(anchor && listOf('habfgde').scrollFor(anchor)).toBeNull();
  });

  it('anchors the first row in view when the focus is elsewhere, or out of view', () => {
    expect(listOf('abcdefgh').anchor(null, 3 * paperPx - 4, 400)).toEqual({ id: 'd', fromTopPx: 4 });
    expect(listOf('abcdefgh').anchor('a', 3 * paperPx, 400)).toEqual({ id: 'd', fromTopPx: 0 });
  });

  it('has no anchor at the top of a list without the focus', () => {
    expect(listOf('abc').anchor(null, 0, 400)).toBeNull();
  });

  it('anchors the head when it is unfolded', () => {
    const folded = listOf('ab', 2);
    const anchor = folded.anchor(folded.idAt(2), 10, 400);
    expect(anchor?.fromTopPx).toBe(2 * paperPx - 10);
    expect(anchor && listOf('abcd', 2).scrollFor(anchor)).toBe(10);
    expect(listOf('abcd', 2).layout.heightPx).toBe(4 * paperPx + headPx);
  });
});
