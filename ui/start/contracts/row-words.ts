import type { IconName } from '../../shared/icons.js';
import { familyOf, isUnlisted, type Row } from './rows.js';

/** Where a row stands, in words, with its mark. */
export function standing(rows: readonly Row[], row: Row): { icon: IconName; words: string } {
  const { state, going } = row;
  switch (state.at) {
    case 'waiting':
      if (isUnlisted(row) && !going)
        return { icon: 'clock', words: 'Waits for Start. Its files are shown here once it is unpacked.' };
      return { icon: 'clock', words: going ? 'Waits for its turn.' : 'Waits for Start.' };
    case 'sending': {
      const sent = Math.round(state.share * 100);
      if (sent < 100) return { icon: 'up', words: `Being sent, ${String(sent)} %` };
      return { icon: 'eye', words: row.zip ? 'Sent. The ZIP is being unpacked and read.' : 'Sent. Being read.' };
    }
    case 'read':
      return { icon: 'tick', words: `Read. ${whyNotStarted(rows, row)}` };
    case 'starting':
      return { icon: 'tick', words: 'Read. Being started.' };
    case 'started':
      return { icon: 'done', words: row.amends ? 'Read with its contract.' : 'Started.' };
    case 'refused':
      return { icon: 'struck', words: state.words };
    case 'gone':
      return {
        icon: 'clock',
        words: row.zip
          ? 'Not sent before this page was loaded again. Add its ZIP again to go on.'
          : 'Not sent before this page was loaded again. Add the file again to go on.',
      };
  }
}

function whyNotStarted(rows: readonly Row[], row: Row): string {
  if (!row.going) return 'Waits for Start.';
  const others = familyOf(rows, row.amends ?? row.id).filter((one) => one.id !== row.id);
  const refused = others.find((one) => one.state.at === 'refused');
  if (refused) return `Waits for “${refused.name}”: replace that file or take it out.`;
  const other = others.find((one) => one.state.at !== 'read' || !one.going);
  return other ? `Waits for “${other.name}”.` : 'Being started.';
}
