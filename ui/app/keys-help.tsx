import { singleKeysAct, useBrowser } from '../shared/browser.js';
import { Dialog } from '../shared/dialog.js';
import { useKeyList } from '../shared/keys.js';
import { useOverlay } from '../shared/overlay.js';
import { isMac, modKey } from '../shared/platform.js';

const names: Record<string, string> = {
  Enter: '↵',
  Escape: 'esc',
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
};

/** `$mod+k` as `⌘K`, `Shift+?` as `?`, `g i` as two keys. */
export function keyCaps(keys: string): string[] {
  return keys.split(' ').map((press) => {
    const key = press.replace(/^Shift\+(?=[^a-z])/, '');
    if (key.startsWith('$mod+'))
      return isMac ? `⌘${key.slice(5).toUpperCase()}` : `${modKey}${key.slice(5).toUpperCase()}`;
    return names[key] ?? key;
  });
}

/** All the keys of this page, under `?`. */
export function KeysHelp() {
  const [open, setOpen] = useOverlay('keys');
  const list = useKeyList();
  useBrowser();
  const singleKeys = singleKeysAct();
  const groups = [...new Set(list.map((binding) => binding.group ?? 'This page'))].sort((a, b) =>
    a === 'Everywhere' ? 1 : b === 'Everywhere' ? -1 : a.localeCompare(b),
  );
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title="Keys"
      shape="wide"
      description={
        singleKeys
          ? 'Single keys rest while you type. Settings, You switches them off.'
          : 'Single keys are switched off in this browser. Settings, You switches them on.'
      }
    >
      <div className="keylists">
        {groups.map((group) => (
          <section key={group}>
            <h3 className="lab">{group}</h3>
            <dl className="keylist">
              {list
                .filter((binding) => (binding.group ?? 'This page') === group)
                .map((binding) => (
                  <div key={binding.keys + binding.label}>
                    <dt>
                      {keyCaps(binding.keys).map((cap, place) => (
                        <kbd key={place}>{cap}</kbd>
                      ))}
                    </dt>
                    <dd>{binding.label}</dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
