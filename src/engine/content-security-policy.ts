/** What the page may load and do. `frame-ancestors` and reports are missing because a meta tag does not support them. */
const pageDirectives = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data: blob:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'worker-src': "'self'",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'self'",
  'object-src': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': 'svelte-trusted-html app-worker',
};

function serialise(directives: Record<string, string>): string {
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ');
}

export const pagePolicy = serialise(pageDirectives);

/**
 * For worker scripts, as a header: the page's meta tag does not apply to a worker loaded from a URL, so the policy holds only
 * once the service worker serves its script. WebAssembly is compiled in workers and nowhere else.
 */
export const workerPolicy = serialise({ ...pageDirectives, 'script-src': "'self' 'wasm-unsafe-eval'" });

/** For `vite dev` only: hot replacement adds style elements and uses a socket. */
export const developmentPolicy = serialise({
  'default-src': "'self'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data: blob:",
  'connect-src': "'self' ws:",
});
