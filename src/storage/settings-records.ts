import type { StoredNews, StoredSettings } from './store';
import { transact, type Database } from './database/transaction';
import { readNews, readSettings } from './reading/validate';

export async function loadSettings(database: Database): Promise<Partial<StoredSettings>> {
  return readSettings(await database.get('settings', 'settings'));
}

export function saveSettings(database: Database, settings: StoredSettings): Promise<void> {
  return put(database, 'settings', settings);
}

export async function loadNews(database: Database): Promise<Partial<StoredNews>> {
  return readNews(await database.get('settings', 'news'));
}

export function saveNews(database: Database, news: StoredNews): Promise<void> {
  return put(database, 'news', news);
}

async function put(
  database: Database,
  key: 'settings' | 'news',
  value: StoredSettings | StoredNews,
): Promise<void> {
  await transact(database, ['settings'], 'readwrite', 'strict', async (transaction) => {
    await transaction.objectStore('settings').put(value, key);
  });
}
