import type { Cursor } from '../../text/cursor';

export interface RisField {
  tag: string;
  value: string;
  /** As in the file, before they are joined. */
  lines: string[];
}

/** One reference: the fields between `TY` and `ER`. */
export interface RisRecord {
  /** 1-based line of its first tag. */
  line: number;
  fields: RisField[];
}

/** A tag of two characters, one or two spaces, and a hyphen. */
const tagPattern = /[A-Z][A-Z0-9] {1,2}-(?:[ \t]|(?=[\r\n])|$)/y;
const lineRestPattern = /[^\r\n]*/y;
const lineEndPattern = /\r\n?|\n/y;
/** Some programs join files without removing the byte order mark of the second. */
const byteOrderMarkPattern = /\uFEFF+/y;

/** All tags in use. With one space, any other word of two capitals is text: "AI - based". */
const knownTags = new Set(
  (
    'TY ER ID TI T1 T2 T3 TA TT CT BT ST AB N1 N2 AU A1 A2 A3 A4 A5 A6 ED DA PY Y1 Y2 DO M1 M2 M3 UR L1 L2 L3 L4 LK ' +
    'JF JO JA J1 J2 JN KW SN SP EP VL IS CP CY PB PP AN AD AV C1 C2 C3 C4 C5 C6 C7 C8 CA CN CR DB DP DS ET H1 H2 LA ' +
    'LB LI NV OP RI RN RP SE SV U1 U2 U3 U4 U5 VO WP WT WV WA'
  ).split(' '),
);

/** In these a line break after a short line is intended. */
const proseTags = new Set(['AB', 'N1', 'N2']);
const shortLineLength = 60;

/** All records in order; a missing `ER` ends with the next `TY`. Never throws. */
export function readRisRecords(cursor: Cursor): RisRecord[] {
  const records: RisRecord[] = [];
  let record: RisRecord | undefined;
  let parts: string[] = [];
  const endField = () => {
    const field = record?.fields.at(-1);
    if (field !== undefined && parts.length > 0) field.value += parts.join('');
    parts = [];
  };

  let previousLength = 0;
  for (let line = 1; !cursor.isDone; line++) {
    cursor.take(byteOrderMarkPattern);
    const tag = takeTag(cursor);
    // Only JavaScript's patterns treat these two as line ends.
    const rest = (cursor.take(lineRestPattern) ?? '').replace(/[\u2028\u2029]/g, ' ').trim();
    cursor.take(lineEndPattern);
    if (tag === null) {
      const last = record?.fields.at(-1);
      if (last !== undefined) {
        parts.push(separator(last.tag, previousLength), rest);
        last.lines.push(rest);
      }
      previousLength = rest.length;
      continue;
    }
    endField();
    previousLength = tag.length + rest.length;
    if (tag.startsWith('ER')) {
      record = undefined;
      continue;
    }
    if (record === undefined || tag.startsWith('TY')) {
      record = { line, fields: [] };
      records.push(record);
    }
    record.fields.push({ tag: tag.slice(0, 2), value: rest, lines: [rest] });
  }
  endField();
  for (const { fields } of records) for (const field of fields) field.value = field.value.trim();
  return records;
}

function takeTag(cursor: Cursor): string | null {
  const start = cursor.at;
  const tag = cursor.take(tagPattern);
  if (tag === null || tag[3] === ' ' || knownTags.has(tag.slice(0, 2))) return tag;
  cursor.at = start;
  return null;
}

function separator(tag: string, previousLength: number): string {
  return proseTags.has(tag) && previousLength < shortLineLength ? '\n' : ' ';
}
