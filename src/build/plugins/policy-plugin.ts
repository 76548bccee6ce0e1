import type { Plugin } from 'vite';
import { developmentPolicy, pagePolicy } from '../../engine/content-security-policy';

/** Puts the content security policy into index.html, before everything that it must apply to. */
export function contentSecurityPolicy(): Plugin {
  let policy = pagePolicy;
  return {
    name: 'atlas-content-security-policy',
    configResolved(config) {
      policy = config.command === 'serve' && !config.isProduction ? developmentPolicy : pagePolicy;
    },
    transformIndexHtml: {
      order: 'post',
      handler: () => [
        {
          tag: 'meta',
          attrs: { 'http-equiv': 'Content-Security-Policy', content: policy },
          injectTo: 'head-prepend',
        },
      ],
    },
  };
}
