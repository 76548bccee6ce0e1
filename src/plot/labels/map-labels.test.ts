import { beforeEach, describe, expect, it, vi } from 'vitest';
import { LabelPainter } from './draw-labels';
import { HighlightedRows } from '../points/highlighted-rows';
import { TopicPainter } from './draw-topic-labels';
import type { LabelFrame } from './label-frame';
import { MapLabels } from './map-labels';
import { TopicLabels } from './topic-labels';

const size = { widthPx: 1000, heightPx: 1000 };
const frame = { centreX: 0, centreY: 0, spanX: 10, spanY: 10 };
const fitted = { scale: 80, x: 500, y: 500 };

/** Records the rows whose titles are painted. */
class RecordingPainter extends LabelPainter {
  readonly painted: number[] = [];

  override draw(...[, index]: Parameters<LabelPainter['draw']>): void {
    this.painted.push(index);
  }
}

/** The rows that are labelled with the whole layout in view. */
function labelled(positions: Float32Array, highlighted: ReadonlyMap<number, number> | null): number[] {
  const painter = new RecordingPainter();
  painter.retitle(Array.from(positions, (_, row) => `The title of paper ${row}`));
  const labels = new MapLabels(painter, new TopicLabels(new TopicPainter()), () => undefined);
  labels.arrange(positions, frame, size, fitted, 64);
  labels.highlight(
    highlighted && new HighlightedRows([...highlighted.keys()], Float32Array.from(highlighted.values())),
  );
  vi.runAllTimers();
  const shown: LabelFrame = {
    positions,
    projection: fitted,
    visible: size,
    priority: [],
    unlabelled: -1,
    covered: null,
    corner: null,
    tone: 'plain',
    isMoving: false,
    nowMs: 0,
    fadeMs: 0,
  };
  // The painter above draws nothing, so any target will do.
  labels.draw({} as CanvasRenderingContext2D, shown);
  return painter.painted;
}

describe('MapLabels', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('window', globalThis);
    return () => {
      vi.useRealTimers();
      vi.unstubAllGlobals();
    };
  });

  it('labels highlighted rows and no others', () => {
    const positions = Float32Array.of(-4, -4, 4, 4, -4, 4);
    expect(labelled(positions, null).toSorted()).toEqual([0, 1, 2]);
    expect(labelled(positions, new Map([[1, 0.4]]))).toEqual([1]);
    expect(labelled(positions, new Map())).toEqual([]);
  });

  it('labels the most relevant row where there is room for a few', () => {
    // Twelve papers so close together that there is no room for all titles.
    const positions = Float32Array.from(
      { length: 24 },
      (_, i) => (i % 2 === 0 ? 0.01 : 0.1) * Math.floor(i / 2),
    );
    const rows = Array.from({ length: 12 }, (_, row) => row);
    for (const best of rows) {
      const shown = labelled(positions, new Map(rows.map((row) => [row, row === best ? 1 : 0.9])));
      expect(shown).toContain(best);
      expect(shown.length).toBeLessThan(rows.length);
    }
  });

  it('lets the label of a good hit hide weak ones, but not the other way round', () => {
    const across = 15;
    const positions = Float32Array.from({ length: 2 * across * across }, (_, i) => {
      const row = Math.floor(i / 2);
      return 0.3 * ((i % 2 === 0 ? row % across : Math.floor(row / across)) - (across - 1) / 2);
    });
    const middle = (across * across - 1) / 2;
    const rows = Array.from({ length: across * across }, (_, row) => row);
    expect(labelled(positions, new Map(rows.map((row) => [row, 0.9])))).not.toContain(middle);
    expect(labelled(positions, new Map(rows.map((row) => [row, row === middle ? 1 : 0.2])))).toContain(
      middle,
    );
    expect(labelled(positions, new Map(rows.map((row) => [row, row === middle ? 0.2 : 1])))).not.toContain(
      middle,
    );
  });
});
