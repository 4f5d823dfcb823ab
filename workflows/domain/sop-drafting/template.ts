import { z } from 'zod';

/** The sections that every SOP can have. What they hold is known; their order, names and need are the team's. */
export const sectionKeys = [
  'purpose',
  'scope',
  'people',
  'systems',
  'prerequisites',
  'steps',
  'decisions',
  'exceptions',
  'run-through',
  'revisions',
] as const;
export type SectionKey = (typeof sectionKeys)[number];

/** A section of the team's own: free text under a name of theirs. */
export const ownSectionKey = /^x-[0-9a-f]{8}$/;

export const sectionSchema = z.strictObject({
  key: z.union([z.enum(sectionKeys), z.string().regex(ownSectionKey, 'An own section is x- and eight hex digits.')]),
  name: z.string().trim().min(1).max(80),
  /** An SOP with nothing under it cannot be approved. */
  required: z.boolean(),
});
export type Section = z.infer<typeof sectionSchema>;

/** A section that is left out of the list is left out of the page; what stands in the draft under it is kept. */
const sections = z
  .array(sectionSchema)
  .min(1)
  .max(30)
  .refine((list) => new Set(list.map((section) => section.key)).size === list.length, 'A section stands there twice.')
  .refine(
    (list) => new Set(list.map((section) => section.name.toLowerCase())).size === list.length,
    'Two sections have the same name.',
  )
  .refine((list) => list.some((section) => section.key === 'steps'), 'The steps are the SOP; they cannot be left out.')
  .refine(
    (list) => list.some((section) => section.key === 'run-through'),
    'Who ran it, and when, is part of what is published; it cannot be left out.',
  )
  .refine(
    (list) => list.some((section) => section.key === 'exceptions'),
    'The exceptions are what makes an SOP hold; they cannot be left out.',
  );

export const templateSectionsSchema = sections;

/** The team's standard format. Versions count from 1; version 0 is the one that comes with the product. */
export const templateSchema = z.strictObject({ version: z.int().min(0), sections });
export type SopTemplate = z.infer<typeof templateSchema>;

/** The format before a team has set its own. */
export const firstTemplate: SopTemplate = {
  version: 0,
  sections: [
    { key: 'people', name: 'Owner and approver', required: false },
    { key: 'purpose', name: 'Purpose', required: false },
    { key: 'scope', name: 'Applies to', required: false },
    { key: 'systems', name: 'Systems of record', required: false },
    { key: 'prerequisites', name: 'Before you start', required: false },
    { key: 'steps', name: 'Steps', required: false },
    { key: 'decisions', name: 'Decision points', required: false },
    { key: 'exceptions', name: 'Exceptions', required: false },
    { key: 'run-through', name: 'Run-through', required: false },
    { key: 'revisions', name: 'Revision history', required: false },
  ],
};
