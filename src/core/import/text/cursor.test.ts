import { describe, expect, it } from 'vitest';
import { Cursor } from './cursor';

describe('Cursor', () => {
  it('takes a match at the current position only', () => {
    const cursor = new Cursor('ab12');
    expect(cursor.take(/\d+/y)).toBeNull();
    expect([cursor.take(/[a-z]+/y), cursor.at, cursor.peek()]).toEqual(['ab', 2, '1']);
    expect([cursor.take(/\d+/y), cursor.isDone, cursor.peek()]).toEqual(['12', true, '']);
  });

  it('skips to a text or a pattern, or to the end', () => {
    const cursor = new Cursor('one@two{three');
    expect([cursor.skipTo('@'), cursor.peek()]).toEqual(['one', '@']);
    expect([cursor.skipTo(/[{}]/g), cursor.peek()]).toEqual(['@two', '{']);
    expect([cursor.skipTo('@'), cursor.isDone]).toEqual(['{three', true]);
  });

  it('counts what it examines', () => {
    const cursor = new Cursor('aaaa');
    cursor.take(/b/y);
    cursor.take(/a/y);
    cursor.skipTo('b');
    expect(cursor.visited).toBe(1 + 2 + 4);
  });

  it('refuses patterns that match elsewhere', () => {
    expect(() => new Cursor('a').take(/a/)).toThrow('not a sticky pattern: /a/');
    expect(() => new Cursor('a').skipTo(/a/)).toThrow('not a global pattern: /a/');
  });
});
