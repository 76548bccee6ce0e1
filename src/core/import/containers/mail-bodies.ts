import { detect, isUnmarked } from '../detect';
import { htmlText, parseHtml } from '../text/html';

/**
 * The forms of a mail's text, best first: the plain text when it is in a format with clear marks (above all an arXiv
 * listing, whose lines HTML breaks); then the HTML, whose links identify the papers; then the plain text, which may be
 * no more than "view this in a browser".
 */
export function bodiesOf({
  text = '',
  html = '',
}: {
  text?: string | undefined;
  html?: string | undefined;
}): string[] {
  const bodies: string[] = [];
  const add = (body: string) => {
    if (body.trim() !== '' && !bodies.includes(body)) bodies.push(body);
  };
  if (isMarked(text)) add(text);
  // An arXiv listing that a mail program has converted to HTML.
  if (html.includes('\\\\')) {
    const lines = htmlText(parseHtml(html));
    if (isMarked(lines)) add(lines);
  }
  add(html);
  add(text);
  return bodies;
}

function isMarked(text: string): boolean {
  const detection = detect(text);
  return detection.kind === 'format' && !isUnmarked(detection.format);
}
