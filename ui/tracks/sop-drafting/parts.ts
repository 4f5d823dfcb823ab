import type { Part } from '../../review/track-pages.js';
import type { Sop } from '../../../workflows/domain/sop-drafting/schema.js';

const fields: readonly Part[] = [
  { key: 'title', label: 'Title' },
  { key: 'owner', label: 'Owner' },
  { key: 'approver', label: 'Approver' },
  { key: 'scope', label: 'Applies to' },
  { key: 'purpose', label: 'Purpose' },
  { key: 'systemsOfRecord', label: 'Systems of record' },
  { key: 'prerequisites', label: 'Before you start' },
];

/** What changes can be asked of, in the order of the page: `partsOf` in words. */
export function sopParts(sop: Sop): Part[] {
  return [
    ...fields,
    { key: 'steps', label: 'All the steps' },
    ...sop.steps.map(({ id, action }, at) => ({ key: id, label: `Step ${String(at + 1)}: ${action}` })),
    { key: 'decisionPoints', label: 'All the decision points' },
    ...sop.decisionPoints.map(({ id, question }) => ({ key: id, label: `Decision point: ${question}` })),
    { key: 'exceptions', label: 'All the exceptions' },
    ...sop.exceptions.map(({ id, when }) => ({ key: id, label: `Exception: ${when}` })),
    ...sop.template.sections.filter(({ key }) => key.startsWith('x-')).map(({ key, name }) => ({ key, label: name })),
  ];
}

/** What an item or a field is called on the page. */
export function partName(sop: Sop, key: string): string {
  return sopParts(sop).find((part) => part.key === key)?.label ?? key;
}
