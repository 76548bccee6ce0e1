import type { Cursor } from '../../text/cursor';

export interface NbibField {
  tag: string;
  value: string;
}

export interface NbibRecord {
  /** 1-based line of its first tag. */
  line: number;
  fields: NbibField[];
}

/** Two to four capitals, padded to four with spaces, and a hyphen. */
const tagPattern = /(?=[A-Z]{2,4} {0,2}-)[A-Z ]{4}-(?: |(?=[\r\n])|$)/y;
const lineRestPattern = /[^\r\n]*/y;
const lineEndPattern = /\r\n?|\n/y;

/** All records in order: each begins with its `PMID`. Never throws. */
export function readNbibRecords(cursor: Cursor): NbibRecord[] {
  const records: NbibRecord[] = [];
  let parts: string[] = [];
  let record: NbibRecord | undefined;
  const endField = () => {
    const field = record?.fields.at(-1);
    if (field !== undefined && parts.length > 0) field.value = [field.value, ...parts].join(' ').trim();
    parts = [];
  };

  for (let line = 1; !cursor.isDone; line++) {
    const tag = cursor.take(tagPattern)?.slice(0, 4).trim();
    const rest = (cursor.take(lineRestPattern) ?? '').trim();
    cursor.take(lineEndPattern);
    if (tag === undefined) {
      // Six spaces mark a continuation. Programs that trim lines remove them, so any line without a tag is one.
      if (rest !== '') parts.push(rest);
      continue;
    }
    endField();
    if (record === undefined || tag === 'PMID') {
      record = { line, fields: [] };
      records.push(record);
    }
    record.fields.push({ tag, value: rest });
  }
  endField();
  return records;
}
