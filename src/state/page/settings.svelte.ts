import type { StoredSettings, StoreFacets } from '../../storage/store';

const initial: StoredSettings = { theme: 'system', engine: 'auto' };

/** The reader's choices. The theme is also set on the root element, where the design tokens read it. */
export class Settings {
  readonly #store: Pick<StoreFacets, 'settings'>;
  #values = $state.raw<StoredSettings>(initial);
  /** Chosen before the stored settings were read; takes precedence over them. Null afterwards. */
  #early: Partial<StoredSettings> | null = {};

  constructor(store: Pick<StoreFacets, 'settings'>) {
    this.#store = store;
  }

  get theme(): StoredSettings['theme'] {
    return this.#values.theme;
  }

  get engine(): StoredSettings['engine'] {
    return this.#values.engine;
  }

  get hasSingleLetterKeys(): boolean {
    return this.#values.singleLetterKeys ?? true;
  }

  get sort(): NonNullable<StoredSettings['sort']> {
    return this.#values.sort ?? 'digest';
  }

  get webSearch(): NonNullable<StoredSettings['webSearch']> {
    return this.#values.webSearch ?? 'duckduckgo';
  }

  /** As they are saved. */
  get stored(): StoredSettings {
    return this.#values;
  }

  async load(): Promise<void> {
    const stored = await this.#store.settings.load();
    const early = this.#early ?? {};
    this.#early = null;
    this.#values = { ...initial, ...stored, ...early };
    this.#applyTheme();
    if (Object.keys(early).length > 0) await this.#store.settings.save(this.#values);
  }

  async choose(choice: Partial<StoredSettings>): Promise<void> {
    this.#values = { ...this.#values, ...choice };
    this.#applyTheme();
    if (this.#early === null) await this.#store.settings.save(this.#values);
    else this.#early = { ...this.#early, ...choice };
  }

  #applyTheme(): void {
    const root = document.documentElement;
    if (this.theme === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = this.theme;
  }
}
