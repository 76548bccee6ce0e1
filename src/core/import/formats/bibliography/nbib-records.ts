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

/** Two to four capitals, filled up to four with spaces, and a hyphen. */
const TAG = /(?=[A-Z]{2,4} {0,2}-)[A-Z ]{4}-(?: |(?=[\r\n])|$)/y;
const REST = /[^\r\n]*/y;
const LINE_END = /\r\n?|\n/y;

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
    const tag = cursor.take(TAG)?.slice(0, 4).trim();
    const rest = (cursor.take(REST) ?? '').trim();
    cursor.take(LINE_END);
    if (tag === undefined) {
      // Six spaces before what goes on; programs that trim lines leave none, so any other line goes on too.
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
