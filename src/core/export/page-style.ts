/** The style of an exported page: the device's own typefaces, light and dark, and black on white in print. */
export const pageStyle = `
:root { color-scheme: light dark; --ink: #1c1b19; --quiet: #5c5952; --paper: #fcfbf8; --line: #dcd8ce; --link: #1d4f91; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e9e6df; --quiet: #aaa59a; --paper: #191816; --line: #3a3833; --link: #9cc2f2; }
}
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 Georgia, 'Times New Roman', serif; }
main { max-width: 42rem; margin: 0 auto; padding: 2rem 1rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0; }
h2 { font-size: 1.125rem; line-height: 1.3; margin: 0 0 0.25rem; }
p, blockquote { margin: 0 0 0.5rem; }
a { color: var(--link); }
h2 a { color: inherit; }
article { border-top: 1px solid var(--line); padding: 1rem 0; }
.count, .authors, .source, .keywords, .digests { color: var(--quiet); font: 0.875rem/1.4 system-ui, sans-serif; }
.marks { font: 0.875rem/1.4 system-ui, sans-serif; }
.tag { border: 1px solid var(--line); border-radius: 0.25rem; padding: 0 0.375rem; }
.note { border-inline-start: 3px solid var(--line); padding-inline-start: 0.75rem; white-space: pre-wrap; }
@media print {
  :root { --ink: #000; --quiet: #333; --paper: #fff; --line: #999; --link: #000; }
  main { max-width: none; padding: 0; }
  article { break-inside: avoid; }
}
`;
