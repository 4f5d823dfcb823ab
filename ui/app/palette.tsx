import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { useDeferredValue, useState } from 'react';
import type { SearchHit } from '../../api/contract/index.js';
import { ask, sentenceOf } from '../shared/api.js';
import { changeBrowser } from '../shared/browser.js';
import { Dialog } from '../shared/dialog.js';
import { Icon, type IconName } from '../shared/icons.js';
import { closeOverlay, openOverlay, useOverlay, type Overlay } from '../shared/overlay.js';
import { useMay } from '../shared/queries.js';
import { runStateWords } from '../shared/state-mark.js';
import { destinations } from './destinations.js';
import { keyCaps } from './keys-help.js';
import { signOut } from './session.js';

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
  const [words, setWords] = useState('');
  const asked = useDeferredValue(words.trim());
  const navigate = useNavigate();
  const mayStart = useMay('operator');
  const { data, error } = useQuery({
    queryKey: ['search', asked],
    queryFn: ({ signal }) => ask('get /api/search', { query: { q: asked }, signal }),
    enabled: asked.length > 1,
    placeholderData: (before) => before,
  });
  const hits = asked.length > 1 ? (data?.hits ?? []) : [];
  const go = (move: () => unknown) => () => {
    closeOverlay();
    void move();
  };
  const show = (overlay: Overlay) => () => openOverlay(overlay);
  const openHit = (hit: SearchHit) => {
    if (hit.kind === 'published') return navigate({ to: '/published/$runId', params: { runId: hit.id } });
    if (hit.kind === 'person') return navigate({ to: '/settings/$section', params: { section: 'people' } });
    if (hit.reviewId) return navigate({ to: '/reviews/$id', params: { id: hit.reviewId } });
    return navigate({ to: '/runs/$id', params: { id: hit.id } });
  };
  return (
    <Command label="Search" loop>
      <Command.Input
        value={words}
        onValueChange={setWords}
        placeholder="A run, a published SOP, a person, a page"
        autoFocus
      />
      <Command.List>
        <Command.Empty>Nothing matches “{words}”. Clear the search.</Command.Empty>
        {error ? <p className="none">{sentenceOf(error)}</p> : null}
        {hits.length > 0 ? (
          <Command.Group heading="Found" forceMount>
            {hits.map((hit) => (
              <Item
                key={`${hit.kind} ${hit.id}`}
                value={`${hit.kind} ${hit.id}`}
                force
                icon={hit.kind === 'person' ? 'person' : hit.kind === 'published' ? 'book' : 'steps'}
                onSelect={go(() => openHit(hit))}
                aside={
                  hit.kind === 'run'
                    ? runStateWords[hit.state].words
                    : hit.kind === 'published'
                      ? 'Published'
                      : 'Person'
                }
              >
                {hit.title}
              </Item>
            ))}
          </Command.Group>
        ) : null}
        <Command.Group heading="Go to">
          {destinations.map(({ to, label, icon, keys }) => (
            <Item key={to} icon={icon} keys={keys} onSelect={go(() => navigate({ to }))}>
              {label}
            </Item>
          ))}
          <Item icon="sliders" keys="g s" onSelect={go(() => navigate({ to: '/settings' }))}>
            Settings
          </Item>
        </Command.Group>
        <Command.Group heading="Do">
          {mayStart ? (
            <Item icon="plus" keys="n" onSelect={go(() => navigate({ to: '/start' }))}>
              Start a run
            </Item>
          ) : null}
          <Item icon="bell" onSelect={show('notices')}>
            Read the notices
          </Item>
          <Item icon="key" keys="?" onSelect={show('keys')}>
            Show the keys
          </Item>
          {(['light', 'dark', 'system'] as const).map((theme) => (
            <Item key={theme} icon="eye" onSelect={go(() => changeBrowser({ theme }))}>
              {theme === 'system' ? 'Theme: as the system' : `Theme: ${theme}`}
            </Item>
          ))}
          <Item icon="back" onSelect={go(signOut)}>
            Sign out
          </Item>
        </Command.Group>
      </Command.List>
    </Command>
  );
}

type ItemProps = {
  icon: IconName;
  children: string;
  onSelect: () => void;
  keys?: string;
  aside?: string;
  value?: string;
  /** Found by the server: shown whatever the letters are. */
  force?: boolean;
};

function Item({ icon, children, onSelect, keys, aside, value, force }: ItemProps) {
  return (
    <Command.Item value={value ?? children} onSelect={onSelect} forceMount={force ?? false}>
      <Icon name={icon} />
      <span className="cut">{children}</span>
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
