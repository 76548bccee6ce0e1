import type { Store, StoredSettings } from '../../storage/store';

const initial: StoredSettings = { theme: 'system', engine: 'auto' };

/** The reader's choices. The theme also stands on the root element, where the tokens look for it. */
export class Settings {
  #values = $state.raw<StoredSettings>(initial);
  /** Chosen before the database was open; put on top of what it holds. */
  #early: Partial<StoredSettings> = {};
  #store: Store | null = null;

  get theme(): StoredSettings['theme'] {
    return this.#values.theme;
  }

  get engine(): StoredSettings['engine'] {
    return this.#values.engine;
  }

  /** Takes over what was kept. */
  async load(store: Store): Promise<void> {
    const kept = await store.loadSettings();
    this.#store = store;
    this.#values = { ...initial, ...kept, ...this.#early };
    this.#applyTheme();
    if (Object.keys(this.#early).length > 0) await store.putSettings(this.#values);
  }

  async choose(choice: Partial<StoredSettings>): Promise<void> {
    this.#values = { ...this.#values, ...choice };
    this.#applyTheme();
    if (this.#store === null) this.#early = { ...this.#early, ...choice };
    else await this.#store.putSettings(this.#values);
  }

  #applyTheme(): void {
    const root = document.documentElement;
    if (this.theme === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = this.theme;
  }
}
