import type { InboxItem, RunSummary } from '../../api/contract/index.js';
import { minutesLeft } from '../shared/dates.js';
import { firstName } from '../shared/person.js';
import type { Mark } from '../shared/state-mark.js';
import { count } from '../shared/words.js';

/** Somebody else's claim that still holds. */
export function heldByOther(item: InboxItem, me: string, now: Date) {
  const { claimedBy, claimExpiresAt } = item;
  if (!claimedBy || claimedBy.id === me) return undefined;
  if (claimExpiresAt && Date.parse(claimExpiresAt) <= now.getTime()) return undefined;
  return { name: claimedBy.name, minutes: claimExpiresAt ? minutesLeft(claimExpiresAt, now) : undefined };
}

/** The second line of a review's row: what it still needs, in words. */
export function needWords(item: InboxItem, me: string, now: Date): string {
  const other = heldByOther(item, me, now);
  if (other) {
    const left = other.minutes === undefined ? '' : `, ${other.minutes} min left`;
    return `${firstName(other.name)} is reading it${left}`;
  }
  if (item.missing === 0) return item.round > 1 ? 'Drafted again and ready to decide' : 'Ready to decide';
  if (item.missing === 1 && item.missingWords[0]) return item.missingWords[0];
  return `${count(item.missing, 'thing')} missing before approval`;
}

function keptWords({ kept }: RunSummary): string {
  if (!kept) return 'Kept for a person on purpose';
  return `${kept.label.charAt(0).toUpperCase()}${kept.label.slice(1)} is kept for a person`;
}

/** Why a run without a review needs a person: its mark, and in words what is the matter. */
export function attentionWords(run: RunSummary): { mark: Mark; word: string; words: string } {
  const stuck = run.publications.find((p) => p.state === 'uncertain' || p.state === 'failed');
  if (run.state === 'kept-human') {
    return { mark: 'kept-human', word: 'Kept human', words: keptWords(run) };
  }
  if (run.state === 'uncertain') {
    return { mark: 'uncertain', word: 'Uncertain', words: stuck?.trouble ?? 'Nobody can tell whether it arrived' };
  }
  if (run.state === 'failed') {
    const words = run.trouble?.words ?? stuck?.trouble ?? 'It could not go on';
    return { mark: 'not-found', word: stuck ? 'Not delivered' : 'No draft', words };
  }
  return { mark: 'waiting', word: 'Waiting', words: run.trouble?.words ?? 'Drafting has not gone on' };
}
