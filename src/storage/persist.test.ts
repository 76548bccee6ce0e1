import { afterEach, describe, expect, it, vi } from 'vitest';
import { askToPersist, estimateUsage } from './persist';

function stubStorage(storage: Partial<StorageManager> | undefined): void {
  vi.stubGlobal('navigator', { storage });
}

const refuse = () => Promise.reject(new DOMException('denied', 'SecurityError'));

afterEach(() => vi.unstubAllGlobals());

describe('askToPersist', () => {
  it.each([true, false])('returns the browser’s answer %s', async (answer) => {
    stubStorage({ persisted: () => Promise.resolve(false), persist: () => Promise.resolve(answer) });
    expect(await askToPersist()).toBe(answer);
  });

  it('does not ask again once storage is persisted', async () => {
    const persist = vi.fn(() => Promise.resolve(false));
    stubStorage({ persisted: () => Promise.resolve(true), persist });
    expect(await askToPersist()).toBe(true);
    expect(persist).not.toHaveBeenCalled();
  });

  it('returns null where it cannot ask', async () => {
    for (const storage of [undefined, {}, { persist: refuse }]) {
      stubStorage(storage);
      expect(await askToPersist()).toBeNull();
    }
    vi.stubGlobal('navigator', undefined);
    expect(await askToPersist()).toBeNull();
  });
});

describe('estimateUsage', () => {
  it('returns the bytes used', async () => {
    stubStorage({ estimate: () => Promise.resolve({ usage: 5, quota: 10 }) });
    expect(await estimateUsage()).toEqual({ usedBytes: 5 });
  });

  it('returns null where the browser does not report it', async () => {
    for (const storage of [undefined, {}, { estimate: refuse }, { estimate: () => Promise.resolve({}) }]) {
      stubStorage(storage);
      expect(await estimateUsage()).toBeNull();
    }
  });
});
