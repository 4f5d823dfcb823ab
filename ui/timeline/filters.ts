import type { TimelineEvent } from '../../api/contract/index.js';
import { aboutOf, whoOf } from './event-words.js';
import { dateIn } from './weeks.js';

export const kinds = { everything: 'Everything', people: 'People', ai: 'AI', delivered: 'Delivered' } as const;
export type Kind = keyof typeof kinds;

/** Which kind of the address is meant; anything else is everything. */
export function kindOf(text: string | undefined): Kind {
  return text === 'people' || text === 'ai' || text === 'delivered' ? text : 'everything';
}

export type Filter = {
  kind: Kind;
  day: string | undefined;
  person: string | undefined;
  track: string | undefined;
  words: string | undefined;
};

const ofKind: Record<Kind, (event: TimelineEvent) => boolean> = {
  everything: () => true,
  people: (event) => event.verb === 'people',
  ai: (event) => event.verb === 'generate' || event.verb === 'analyze' || event.verb === 'ingest',
  delivered: (event) => event.verb === 'execute',
};

/** The events that a filter lets through. */
export function filtered(events: readonly TimelineEvent[], filter: Filter, zone: string): TimelineEvent[] {
  const words = filter.words?.trim().toLowerCase();
  return events.filter(
    (event) =>
      ofKind[filter.kind](event) &&
      (filter.day === undefined || dateIn(zone, event.at) === filter.day) &&
      (filter.person === undefined || (event.by.kind === 'person' && event.by.id === filter.person)) &&
      (filter.track === undefined || event.track === filter.track) &&
      (!words || `${aboutOf(event)} ${whoOf(event)}`.toLowerCase().includes(words)),
  );
}
