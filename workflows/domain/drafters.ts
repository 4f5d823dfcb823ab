/** What writes drafts, by name. */
export const drafterNames = ['claude', 'openai', 'rules'] as const;
export type DrafterName = (typeof drafterNames)[number];

/** What a person may ask for: one of them by name, or whichever this server uses by itself. */
export const askedDrafters = ['default', ...drafterNames] as const;
export type AskedDrafter = (typeof askedDrafters)[number];
