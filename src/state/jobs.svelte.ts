export interface Job {
  id: number;
  /** What is being done, as the reader would say it: "Reading 199 papers". */
  label: string;
  done: number;
  /** 0 while unknown. */
  total: number;
  unit: 'papers' | 'bytes' | 'steps';
  secondsLeft: number | null;
  isPaused: boolean;
  pause: (() => void) | null;
  resume: (() => void) | null;
  cancel: (() => void) | null;
}

export type JobControls = Pick<Job, 'pause' | 'resume' | 'cancel'>;

/** The hand with which work in progress keeps its line in the status region up to date. */
export interface JobHandle {
  progress(done: number, total: number, secondsLeft?: number | null): void;
  relabel(label: string): void;
  end(): void;
}

const noControls: JobControls = { pause: null, resume: null, cancel: null };

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
      { ...job, id, label, unit, done: 0, total: 0, secondsLeft: null, isPaused: false },
    ];
    return {
      progress: (done, total, secondsLeft = null) => this.#change(id, { done, total, secondsLeft }),
      relabel: (text) => this.#change(id, { label: text }),
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
