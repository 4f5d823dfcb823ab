import type { Notice } from '../../api/contract/index.js';
import { noticeTemplates, noticeValuesSchema, noticeWords } from '../../workflows/domain/notices.js';

/** A notice's fixed sentence, the same as in its mail; undefined for one that this release does not know. */
export function wordsOf({ template, values }: Notice, timeZone: string) {
  const known = noticeTemplates.find((name) => name === template);
  const parsed = noticeValuesSchema.safeParse(values);
  return known && parsed.success ? noticeWords(known, parsed.data, timeZone) : undefined;
}
