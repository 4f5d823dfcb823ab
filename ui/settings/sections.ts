/** The sections of the settings, in order. The address names them. */
export const sections = [
  { key: 'people', label: 'People' },
  { key: 'publishing', label: 'Publishing' },
  { key: 'reviews', label: 'Reviews' },
  { key: 'sop-format', label: 'SOP format' },
  { key: 'drafter', label: 'Drafter' },
  { key: 'keys', label: 'API keys' },
  { key: 'server', label: 'This server' },
  { key: 'you', label: 'You' },
] as const;

export type SectionKey = (typeof sections)[number]['key'];

export const isSection = (key: string | undefined): key is SectionKey =>
  sections.some((section) => section.key === key);
