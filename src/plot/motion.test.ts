import { describe, expect, it } from 'vitest';
import { PositionMotion } from './motion';

describe('PositionMotion', () => {
  it('shows the first layout at once', () => {
    const motion = new PositionMotion();
    motion.aim(Float32Array.of(1, 2), 'glide', 0);
    expect(motion.advance(0)).toBe(false);
    expect([...motion.shown]).toEqual([1, 2]);
  });

  it('glides from the drawn positions to the new ones', () => {
    const motion = new PositionMotion();
    motion.aim(Float32Array.of(0, 0), 'none', 0);
    motion.advance(0);
    motion.aim(Float32Array.of(10, -10), 'glide', 100);
    expect(motion.advance(450)).toBe(true);
    expect([...motion.shown]).toEqual([5, -5]);
    expect(motion.advance(800)).toBe(false);
    expect([...motion.shown]).toEqual([10, -10]);
  });

  it('changes its target during a move without a jump', () => {
    const motion = new PositionMotion();
    motion.aim(Float32Array.of(0, 0), 'none', 0);
    motion.advance(0);
    motion.aim(Float32Array.of(10, 0), 'follow', 0);
    motion.advance(45);
    motion.aim(Float32Array.of(0, 10), 'follow', 45);
    expect([...motion.shown]).toEqual([5, 0]);
  });

  it('lets new rows grow at their positions, and does not move old ones', () => {
    const motion = new PositionMotion();
    motion.aim(Float32Array.of(1, 1, NaN, NaN), 'none', 0);
    motion.advance(0);
    motion.aim(Float32Array.of(1, 1, 2, 2, 3, 3), 'glide', 0);
    motion.advance(350);
    expect([...motion.arrivals]).toEqual([1, 2]);
    expect([...motion.shown]).toEqual([1, 1, 2, 2, 3, 3]);
    motion.advance(700);
    expect(motion.arrivals.size).toBe(0);
  });

  it('does not write to the layouts it is given', () => {
    const first = Float32Array.of(0, 0);
    const second = Float32Array.of(4, 4);
    const motion = new PositionMotion();
    motion.aim(first, 'none', 0);
    motion.advance(0);
    motion.aim(second, 'follow', 0);
    motion.advance(40);
    expect([...first, ...second]).toEqual([0, 0, 4, 4]);
  });
});
