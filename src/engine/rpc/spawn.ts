import type { WorkerPort } from './rpc-client';

interface ScriptUrlPolicy {
  createScriptURL(url: string): string;
}
/** Trusted Types, which TypeScript's own library does not declare. A TrustedScriptURL is typed as a string here. */
interface ScriptUrlPolicies {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): ScriptUrlPolicy;
}

let policy: ScriptUrlPolicy | undefined;

/**
 * The URL of a script of the app, as `new Worker` and `serviceWorker.register` require it under
 * `require-trusted-types-for 'script'`. Throws for a URL of another origin.
 */
export function scriptUrl(url: string): string {
  policy ??= createPolicy();
  return policy.createScriptURL(url);
}

/** A factory of module workers. `url` comes from an import with `?worker&url`. */
export function workerAt(url: string): () => WorkerPort {
  return () => new Worker(scriptUrl(url), { type: 'module' });
}

function createPolicy(): ScriptUrlPolicy {
  const rules = { createScriptURL: sameOrigin };
  const { trustedTypes } = globalThis as { trustedTypes?: ScriptUrlPolicies };
  return trustedTypes?.createPolicy('app-worker', rules) ?? rules;
}

function sameOrigin(url: string): string {
  const { href, origin } = new URL(url, location.href);
  if (origin !== location.origin) throw new TypeError(`A script of another origin was refused: ${href}`);
  return href;
}
