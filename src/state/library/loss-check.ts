import {
  findLostLibrary,
  forgetLostLibrary,
  noteLibrary,
  type LibraryMark,
} from '../../storage/library-mark';
import type { Notices } from '../page/notices.svelte';
import { count, date, papers } from '../page/words';
import type { Annotations } from './annotations.svelte';
import type { Library } from './library.svelte';

interface Deps {
  library: Pick<Library, 'committed'>;
  annotations: Pick<Annotations, 'committed'>;
  notices: Notices;
  /** Whether the library is in the database; a library in memory is not noted. */
  isStored: () => boolean;
  now: () => number;
}

const subject = 'lost-library';

/**
 * Notes outside the database what the library holds, and says so when a later start finds less: browsers drop databases
 * without a word.
 */
export class LossCheck {
  readonly #deps: Deps;
  #hasChecked = false;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** To be called whenever what is in memory is what the database holds: after reading it, and after each commit. */
  follow(): void {
    const mark = this.#mark();
    if (mark === null) return;
    if (!this.#hasChecked) {
      this.#hasChecked = true;
      const lost = findLostLibrary(mark);
      if (lost !== null) this.#report(lost);
    }
    noteLibrary(mark);
  }

  /** Null while a part is unread, or was changed by another tab, which then notes it. */
  #mark(): LibraryMark | null {
    const { library, annotations, isStored, now } = this.#deps;
    if (!isStored() || library.committed === null || annotations.committed === null) return null;
    return { ...library.committed, ...annotations.committed, writtenAt: now() };
  }

  #report(lost: LibraryMark): void {
    this.#deps.notices.show({
      subject,
      kind: 'failure',
      text:
        `On ${date(lost.writtenAt)} this browser held ${inWords(lost)}. Not all of it is here any more: the browser ` +
        'has dropped it, or the data of this site were deleted. Add your files again.',
      action: { label: 'Go on without', run: () => forgetLostLibrary() },
    });
  }
}

/** "3,199 papers, 12 notes, 4 stars and 3 tags", without what there was none of. */
export function inWords({
  papers: paperCount,
  notes,
  stars,
  tags,
}: Pick<LibraryMark, 'papers' | 'notes' | 'stars' | 'tags'>): string {
  const some = ([n, noun]: [number, string]) =>
    n === 0 ? [] : [`${count(n)} ${n === 1 ? noun : `${noun}s`}`];
  const parts = [
    papers(paperCount),
    ...(
      [
        [notes, 'note'],
        [stars, 'star'],
        [tags, 'tag'],
      ] as [number, string][]
    ).flatMap(some),
  ];
  const last = parts.pop() ?? '';
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
}
