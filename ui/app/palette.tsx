import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { useDeferredValue, useState } from 'react';
import { ask, sentenceOf } from '../shared/api.js';
import { Dialog } from '../shared/dialog.js';
import { Icon } from '../shared/icons.js';
import { closeOverlay, useOverlay } from '../shared/overlay.js';
import { keyCaps } from './keys-help.js';
import { hitEntry, useHouseEntries, type Entry } from './palette-entries.js';

/** Everything by its name: pages, acts, and whatever the server finds. */
export function Palette() {
  const [open, setOpen] = useOverlay('palette');
  return (
    <Dialog open={open} onOpenChange={setOpen} title="Search" shape="palette">
      <PaletteBody />
    </Dialog>
  );
}

function PaletteBody() {
  const navigate = useNavigate();
  const [words, setWords] = useState('');
  const [picked, setPicked] = useState('');
  const asked = useDeferredValue(words.trim());
  const { data, error } = useQuery({
    queryKey: ['search', asked],
    queryFn: ({ signal }) => ask('get /api/search', { query: { q: asked }, signal }),
    enabled: asked.length > 1,
    placeholderData: (before) => before,
  });
  const found = asked.length > 1 ? (data?.hits ?? []).map((hit) => hitEntry(hit, navigate)) : [];
  const wanted = words.trim().toLowerCase();
  const groups = [{ heading: 'Found', entries: found }, ...useHouseEntries(navigate)].flatMap(
    ({ heading, entries }) => {
      const fitting =
        heading === 'Found' ? entries : entries.filter(({ label }) => label.toLowerCase().includes(wanted));
      return fitting.length > 0 ? [{ heading, entries: fitting }] : [];
    },
  );
  const entries = groups.flatMap((group) => group.entries);
  const current = entries.some(({ id }) => id === picked) ? picked : (entries[0]?.id ?? '');
  return (
    <Command label="Search" loop shouldFilter={false} value={current} onValueChange={setPicked}>
      <Command.Input
        value={words}
        onValueChange={(next) => {
          setWords(next);
          setPicked('');
        }}
        placeholder="A run, something published, a person, a page"
        autoFocus
      />
      <Command.List>
        {error ? <p className="none">{sentenceOf(error)}</p> : null}
        {entries.length === 0 ? <p className="none">Nothing matches “{words.trim()}”. Clear the search.</p> : null}
        {groups.map((group) => (
          <Command.Group key={group.heading} heading={group.heading}>
            {group.entries.map((entry) => (
              <EntryRow key={entry.id} entry={entry} />
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  );
}

function EntryRow({ entry: { id, icon, label, aside, keys, run, stays } }: { entry: Entry }) {
  const select = () => {
    if (!stays) closeOverlay();
    run();
  };
  return (
    <Command.Item value={id} onSelect={select}>
      <Icon name={icon} />
      <span className="cut">{label}</span>
      {aside ? <span className="faint sm">{aside}</span> : null}
      {keys ? (
        <span className="caps" aria-hidden="true">
          {keyCaps(keys).map((cap, place) => (
            <kbd key={place}>{cap}</kbd>
          ))}
        </span>
      ) : null}
    </Command.Item>
  );
}
