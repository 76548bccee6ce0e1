import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Viewport } from '../core/layout/viewport';
import { paper } from '../storage/fixtures/records';
import { AddressSync } from './address-sync.svelte';
import { Notices } from './page/notices.svelte';

const quokkas = paper('quokkas');

/** The parts of a session that an address is about, and the steps that the browser's Back would undo. */
function setUp(hash = '') {
  const steps = [hash];
  const bar = {
    get hash() {
      return steps.at(-1) ?? '';
    },
    push: (next: string) => void steps.push(next),
    replace: (next: string) => void steps.splice(-1, 1, next),
  };
  const reader = {
    openId: null as string | null,
    open: (id: string) => void (reader.openId = id),
    close: () => {
      reader.openId = null;
      return null;
    },
  };
  const search = { text: '', search: vi.fn(async (text: string) => void (search.text = text)) };
  const paperList = {
    arrivedSince: null as number | null,
    showArrivedSince: (at: number | null) => void (paperList.arrivedSince = at),
  };
  const mapView = {
    viewport: null as Viewport | null,
    look: (viewport: Viewport | null) => void (mapView.viewport = viewport),
  };
  const notices = new Notices();
  const library = { paper: (id: string) => (id === quokkas.id ? quokkas : undefined) };
  const parts = { reader, search, paperList, mapView, notices, library };
  const sync = new AddressSync(parts as unknown as ConstructorParameters<typeof AddressSync>[0], bar);
  return { ...parts, steps, sync };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('an address at the start', () => {
  it('is applied: paper, query, date and view', () => {
    const { sync, reader, search, paperList, mapView } = setUp(
      `#paper=${quokkas.id}&q=hops&since=2026-11-01T00:00:00.000Z&at=0.500,0.250,2.000`,
    );
    sync.apply({ isStart: true });
    expect(reader.openId).toBe(quokkas.id);
    expect(search.text).toBe('hops');
    expect(paperList.arrivedSince).toBe(Date.UTC(2026, 10, 1));
    expect(mapView.viewport).toEqual({ centreX: 0.5, centreY: 0.25, scale: 2 });
  });

  it('does not replace what was typed or opened while the library was loading', () => {
    const { sync, reader, search } = setUp('#paper=other&q=hops');
    search.text = 'wombats';
    reader.openId = quokkas.id;
    sync.apply({ isStart: true });
    expect([search.text, reader.openId]).toEqual(['wombats', quokkas.id]);
    expect(search.search).not.toHaveBeenCalled();
  });

  it('that names an unknown paper says so, and applies the rest', () => {
    const { sync, reader, search, notices } = setUp('#paper=unknown&q=hops');
    sync.apply({ isStart: true });
    expect(reader.openId).toBeNull();
    expect(search.text).toBe('hops');
    expect(notices.list).toMatchObject([
      { subject: 'address', text: expect.stringMatching(/not in this library/) },
    ]);
  });
});

describe('the address', () => {
  it('gets a step when a paper is opened, and another when it is closed', () => {
    const { sync, reader, steps } = setUp();
    reader.open(quokkas.id);
    sync.write();
    reader.close();
    sync.write();
    expect(steps).toEqual(['', `#${new URLSearchParams({ paper: quokkas.id })}`.replaceAll('%3A', ':'), '']);
  });

  it('follows a search once it has stopped changing, in the same step', () => {
    const { sync, search, steps } = setUp();
    for (const text of ['h', 'ho', 'hop']) {
      search.text = text;
      sync.write();
      vi.advanceTimersByTime(100);
    }
    expect(steps).toEqual(['']);
    vi.advanceTimersByTime(1_000);
    expect(steps).toEqual(['#q=hop']);
  });

  it('that the browser goes back to closes the paper and takes the search with it', () => {
    const { sync, reader, search, steps } = setUp('#q=hops');
    sync.apply({ isStart: true });
    reader.open(quokkas.id);
    sync.write();
    search.text = 'wombats';
    steps.pop();
    sync.apply({ isStart: false });
    expect([reader.openId, search.text]).toEqual([null, 'hops']);
    sync.write();
    vi.advanceTimersByTime(1_000);
    expect(steps).toEqual(['#q=hops']);
  });
});
