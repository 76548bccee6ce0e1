import { createContext } from 'svelte';
import type { Session } from '../state/session';

/** The session that main.ts builds, for every component below App. */
export const [appState, provideAppState] = createContext<Session>();
