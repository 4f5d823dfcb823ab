/** What a person can give, and how many bytes of it. */
export const sourceKinds = ['transcript', 'screenshot', 'recording', 'document', 'notes', 'series', 'history'] as const;
export type SourceKind = (typeof sourceKinds)[number];

const mebibyte = 1024 * 1024;
export const maxSourceBytes: Record<SourceKind, number> = {
  transcript: 10 * mebibyte,
  screenshot: 20 * mebibyte,
  recording: 2048 * mebibyte,
  document: 50 * mebibyte,
  notes: 10 * mebibyte,
  series: 10 * mebibyte,
  history: 10 * mebibyte,
};

/** How many bytes a ZIP of documents may have, and what it unpacks to. */
export const maxArchiveBytes = 500 * mebibyte;
