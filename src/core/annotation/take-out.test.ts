import { describe, expect, it } from 'vitest';
import { annotationWords, readMarks, withoutAnnotation, writtenMarks } from './take-out';

describe('what the reader wrote, in a file of references', () => {
  it('comes back from its mark: star, read mark, tags and note', () => {
    const annotation = {
      isStarred: true,
      isRead: true,
      tags: ['to read: soon', 'wet'],
      note: 'A note.',
    } as const;
    const own = { ...annotation, tags: [...annotation.tags] };
    expect(writtenMarks(own)).toBe('starred read: to read: soon, wet');
    expect(readMarks(writtenMarks(own), own.note)).toEqual(own);
  });

  it('tells a tag "read" from the read mark', () => {
    expect(readMarks(writtenMarks({ tags: ['read'] }), '')).toEqual({ tags: ['read'] });
  });

  it('is nothing when there is no mark and no note', () => {
    expect(readMarks('', ' \n')).toBeUndefined();
    expect(writtenMarks({})).toBe('');
  });

  it('is taken out of the keywords, but a keyword of the paper that is also a tag stays', () => {
    const annotation = { isStarred: true, tags: ['cs.LG', 'a;b'] } as const;
    const own = { ...annotation, tags: [...annotation.tags] };
    const keywords = ['cs.LG', 'starred', ...annotationWords(own).map((word) => word.replaceAll(';', ','))];
    expect(withoutAnnotation(keywords, own)).toEqual(['cs.LG', 'starred']);
  });

  it('takes nothing out of keywords without an annotation', () => {
    expect(withoutAnnotation(['read', 'starred'], undefined)).toEqual(['read', 'starred']);
  });
});
