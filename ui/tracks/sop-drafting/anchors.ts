import type { Anchor } from '../../review/track-pages.js';
import type { Sop } from '../../../workflows/domain/sop-drafting/schema.js';
import { placeOf } from './moments.js';

/** What the team's format calls a section. */
function headingOf(sop: Sop, key: 'steps' | 'exceptions'): string {
  return sop.template.sections.find((section) => section.key === key)?.name ?? '';
}

/** Every step and exception of the page with the moment it came from; without one it was inferred. */
export function sopAnchors(sop: Sop): Anchor[] {
  const anchor = (id: string, heading: string, index: number, name: string, moment: Sop['steps'][number]['moment']) => {
    const place = moment === null ? undefined : placeOf(moment);
    return {
      id,
      heading,
      index,
      place,
      spoken:
        place === undefined ? `${name}: inferred, not in the recording` : `${name}, in the walk-through at ${place}`,
    };
  };
  return [
    ...sop.steps.map((step, index) =>
      anchor(step.id, headingOf(sop, 'steps'), index, `Step ${String(index + 1)}`, step.moment),
    ),
    ...sop.exceptions.map((item, index) =>
      anchor(item.id, headingOf(sop, 'exceptions'), index, 'Exception', item.moment),
    ),
  ];
}

function wrapLabel(item: Element): void {
  const text = item.firstChild;
  if (text?.nodeType !== Node.TEXT_NODE || text.textContent === null) return;
  const at = text.textContent.indexOf(': ');
  if (at < 0) return;
  const label = document.createElement('span');
  label.className = 'k';
  label.textContent = text.textContent.slice(0, at + 1);
  const value = document.createElement('span');
  value.append(text.textContent.slice(at + 1).trimStart());
  text.replaceWith(label, ' ', value);
  while (value.nextSibling) value.append(value.nextSibling);
}

/** Sets the facts, places and expectations of the served page apart. Every word stays as it is served. */
export function dressSop(paper: HTMLElement): void {
  for (const facts of paper.querySelectorAll('h2 + ul')) {
    const first = facts.firstElementChild?.textContent ?? '';
    if (facts.classList.contains('facts') || !/^(Owner|Approver): /.test(first)) continue;
    facts.classList.add('facts');
    for (const item of facts.children) wrapLabel(item);
  }
  for (const part of paper.querySelectorAll('ol > li > p'))
    if (part.textContent.startsWith('You should see: ') && !part.classList.contains('exp')) {
      part.classList.add('exp');
      wrapLabel(part);
    }
  for (const stop of paper.querySelectorAll('ol > li br')) {
    const place = stop.nextSibling;
    if (place?.nodeType !== Node.TEXT_NODE || !place.textContent?.trimStart().startsWith('Where: ')) continue;
    const where = document.createElement('span');
    where.className = 'where';
    where.textContent = place.textContent;
    place.replaceWith(where);
  }
}
