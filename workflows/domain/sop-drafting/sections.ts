import type { Sop } from './schema.js';
import type { Section } from './template.js';

/** The text under a section of the team's own. */
export function ownText(sop: Sop, key: string): string {
  return sop.ownSections.find((section) => section.key === key)?.text ?? '';
}

/** True where an SOP says nothing under a section. The run-through has requirements of its own, and history writes itself. */
export function isEmptySection(sop: Sop, key: Section['key']): boolean {
  switch (key) {
    case 'purpose':
      return sop.purpose === '';
    case 'scope':
      return sop.scope === '';
    case 'people':
      return sop.owner === '' || sop.approver === '';
    case 'systems':
      return sop.systemsOfRecord.length === 0;
    case 'prerequisites':
      return sop.prerequisites.length === 0;
    case 'steps':
      return sop.steps.length === 0;
    case 'decisions':
      return sop.decisionPoints.length === 0;
    case 'exceptions':
      return sop.exceptions.length === 0;
    case 'run-through':
    case 'revisions':
      return false;
    default:
      return ownText(sop, key) === '';
  }
}
