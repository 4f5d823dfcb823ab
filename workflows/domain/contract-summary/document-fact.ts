import type { CivilDay } from './civil-day.js';
import type { GivenDocument } from './documents.js';
import type { ContractDocument } from './schema.js';

/** A document as the one-pager names it. */
export function documentFact({ source, name, role, read }: GivenDocument, dated: CivilDay | null): ContractDocument {
  const numbered = (words: 'recognised' | 'image') =>
    read.pages.flatMap((page, at) => (page.words === words ? [at + 1] : []));
  return {
    source,
    name: name.trim().slice(0, 200) || 'Contract',
    role,
    pages: read.pages.length,
    recognised: numbered('recognised'),
    unread: numbered('image'),
    hidden: read.hidden.length + read.hiddenMore,
    dated,
  };
}
