import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../core/errors';
import { isUnrelatedToWorker, withRetries } from './retries';

/** Fails as often as there are failures, then succeeds. */
function attemptAfter(...failures: unknown[]) {
  return vi.fn(async () => {
    await Promise.resolve();
    if (failures.length > 0) throw failures.shift();
    return 'done';
  });
}

const lost = () => new AppError('worker-lost', 'A worker was lost.');

describe('retries', () => {
  it('try again until an attempt succeeds', async () => {
    const attempt = attemptAfter(lost(), new Error('bad_alloc'));
    expect(await withRetries(attempt, { attempts: 3 })).toBe('done');
    expect(attempt).toHaveBeenCalledTimes(3);
  });

  it('end after the given number of attempts, with the last failure', async () => {
    const attempt = attemptAfter(lost(), lost(), new Error('bad_alloc'));
    await expect(withRetries(attempt, { attempts: 3 })).rejects.toThrow('bad_alloc');
    expect(attempt).toHaveBeenCalledTimes(3);
  });

  it('end at once with a final failure', async () => {
    const attempt = attemptAfter(lost(), new AppError('asset-missing', 'no file'));
    const options = { attempts: 5, isFinal: isUnrelatedToWorker };
    await expect(withRetries(attempt, options)).rejects.toThrow('no file');
    expect(attempt).toHaveBeenCalledTimes(2);
  });

  it('end when the caller has aborted', async () => {
    const controller = new AbortController();
    const attempt = vi.fn(() => {
      controller.abort(new Error('the reader left'));
      return Promise.reject(lost());
    });
    await expect(withRetries(attempt, { attempts: 3, signal: controller.signal })).rejects.toThrow('lost');
    expect(attempt).toHaveBeenCalledTimes(1);
  });
});

it.each([
  [new AppError('asset-missing', ''), true],
  [new AppError('backend-refused', ''), true],
  [lost(), false],
  [new Error('bad_alloc'), false],
])('whether a fresh worker is no help: %s', (error, expected) => {
  expect(isUnrelatedToWorker(error)).toBe(expected);
});
