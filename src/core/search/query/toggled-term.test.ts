import { describe, expect, it } from 'vitest';
import { maxQueryLength } from './query';
import { requiredToggles, toggledTerm, type Toggle } from './toggled-term';

const starred: Toggle = { kind: 'is', state: 'starred' };
const tag = (text: string): Toggle => ({ kind: 'field', field: 'tag', text });

describe('a filter', () => {
  it.each([
    ['', starred, 'is:starred'],
    ['moth wings', starred, 'moth wings is:starred'],
    ['is:new', starred, 'is:new is:starred'],
    ['', { kind: 'is', state: 'noted' }, 'is:noted'],
    ['moths', tag('to cite'), 'moths tag:"to cite"'],
    ['tag:birds', tag('to cite'), 'tag:birds tag:"to cite"'],
  ] as [string, Toggle, string][])('is added to %j: %j', (text, toggle, expected) => {
    expect(toggledTerm(text, toggle)).toBe(expected);
  });

  it.each([
    ['is:starred', starred, ''],
    ['IS:Starred moths is:starred', starred, 'moths'],
    ['moths tag:"To Cite" is:new', tag('to cite'), 'moths is:new'],
  ] as [string, Toggle, string][])('is taken out of %j, however it was typed', (text, toggle, expected) => {
    expect(toggledTerm(text, toggle)).toBe(expected);
  });

  it('replaces a clause that excludes it', () => {
    expect(toggledTerm('-is:starred moths', starred)).toBe('moths is:starred');
  });

  it('leaves alternatives as they are', () => {
    expect(toggledTerm('is:starred OR is:new', starred)).toBe('is:starred OR is:new is:starred');
    expect(requiredToggles('is:starred OR is:new')).toEqual([]);
  });

  it('is read from a text that was typed', () => {
    expect(requiredToggles('moths is:unread tag:"to cite" -is:new author:ada')).toEqual([
      { kind: 'is', state: 'unread' },
      tag('to cite'),
    ]);
  });

  it('does not fit into a pasted text', () => {
    expect(toggledTerm('reeds '.repeat(maxQueryLength), starred)).toBeNull();
    expect(toggledTerm(`${'reed '.repeat(79)}abc`, tag('a tag of some length'))).toBeNull();
  });
});
