export interface Job {
  id: number;
  /** What is being done, as the reader would say it: "Reading 199 papers". */
  label: string;
  done: number;
  /** 0 while unknown. */
  total: number;
  unit: 'papers' | 'files' | 'bytes' | 'steps';
  secondsLeft: number | null;
  isPaused: boolean;
  /** It waits for the network. */
  isStalled: boolean;
  pause: (() => void) | null;
  resume: (() => void) | null;
  cancel: (() => void) | null;
}

export type JobControls = Pick<Job, 'isPaused' | 'pause' | 'resume' | 'cancel'>;

/** With this, work in progress updates its line in the status region. */
export interface JobHandle {
  progress(done: number, total: number, secondsLeft?: number | null): void;
  /** Nothing comes from the network; the next progress ends that. */
  stall(): void;
  end(): void;
}

const noControls: JobControls = { isPaused: false, pause: null, resume: null, cancel: null };

/** Numbers that change more often cannot be read, and a screen reader would not stop. */
const progressMs = 500;

/** The long work that is under way, oldest first. */
export class Jobs {
  #list = $state.raw<readonly Job[]>([]);
  #lastId = 0;

  get list(): readonly Job[] {
    return this.#list;
  }

  begin(label: string, unit: Job['unit'], controls: Partial<JobControls> = {}): JobHandle {
    const id = ++this.#lastId;
    const job = { ...noControls, ...controls };
    this.#list = [
      ...this.#list,
      { ...job, id, label, unit, done: 0, total: 0, secondsLeft: null, isStalled: false },
    ];
    let shownMs = -Infinity;
    return {
      progress: (done, total, secondsLeft = null) => {
        const now = performance.now();
        if (now - shownMs < progressMs && done > 0 && done < total) return;
        shownMs = now;
        this.#change(id, { done, total, secondsLeft, isStalled: false });
      },
      stall: () => {
        shownMs = -Infinity;
        this.#change(id, { isStalled: true });
      },
      end: () => {
        this.#list = this.#list.filter((other) => other.id !== id);
      },
    };
  }

  pause(job: Job): void {
    job.pause?.();
    this.#change(job.id, { isPaused: true, secondsLeft: null });
  }

  resume(job: Job): void {
    job.resume?.();
    this.#change(job.id, { isPaused: false });
  }

  #change(id: number, change: Partial<Job>): void {
    this.#list = this.#list.map((job) => (job.id === id ? { ...job, ...change } : job));
  }
}
