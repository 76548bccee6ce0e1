export interface NoticeAction {
  label: string;
  run: () => void;
}

/** Something the reader should know: what happened, what is safe, what to do. */
export interface Notice {
  /** One notice a subject: a newer one of the same subject takes its place. */
  subject: string;
  text: string;
  /** `fact` stays until dismissed, `failure` is announced at once. */
  kind: 'fact' | 'failure';
  action: NoticeAction | null;
}

export class Notices {
  #list = $state.raw<readonly Notice[]>([]);

  get list(): readonly Notice[] {
    return this.#list;
  }

  show(notice: Notice): void {
    this.#list = [...this.#list.filter((other) => other.subject !== notice.subject), notice];
  }

  dismiss(subject: string): void {
    this.#list = this.#list.filter((notice) => notice.subject !== subject);
  }
}
