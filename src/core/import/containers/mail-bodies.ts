import { detect, isUnmarked } from '../detect';
import { htmlText, parseHtml } from '../text/html';

/**
 * The text of a mail in the forms it has, from the best to the worst: the plain text where it is a format with marks of
 * its own, an arXiv listing first of all, since HTML breaks its lines; else the HTML, whose links name the papers; else
 * the plain text, which may be no more than "view this in a browser".
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
  // A listing that someone's mail program has turned into HTML on its way.
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
