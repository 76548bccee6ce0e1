import type { Store, StoredSettings } from '../storage/store';

const initial: StoredSettings = { theme: 'system', engine: 'auto' };

/** The reader's choices. The theme also stands on the root element, where the tokens look for it. */
export class Settings {
  #values = $state.raw<StoredSettings>(initial);
  #store: Store | null = null;

  get theme(): StoredSettings['theme'] {
    return this.#values.theme;
  }

  get engine(): StoredSettings['engine'] {
    return this.#values.engine;
  }

  /** Takes over what was kept. A choice made before the database was open wins over it. */
  async load(store: Store): Promise<void> {
    const before = this.#values;
    this.#store = store;
    const kept = await store.loadSettings();
    this.#values = before === initial ? { ...initial, ...kept } : before;
    this.#applyTheme();
  }

  async choose(choice: Partial<StoredSettings>): Promise<void> {
    this.#values = { ...this.#values, ...choice };
    this.#applyTheme();
    await this.#store?.putSettings(this.#values);
  }

  #applyTheme(): void {
    const root = document.documentElement;
    if (this.theme === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = this.theme;
  }
}
