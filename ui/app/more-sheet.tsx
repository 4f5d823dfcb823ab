import { Link } from '@tanstack/react-router';
import { Dialog } from '../shared/dialog.js';
import { Icon } from '../shared/icons.js';
import { closeOverlay, openOverlay, useOverlay } from '../shared/overlay.js';
import { useMay, useMe } from '../shared/queries.js';
import { roleWords } from '../shared/role-words.js';
import { count } from '../shared/words.js';
import { destinations, onPhoneBar } from './destinations.js';
import { signOut } from './session.js';

/** What stands behind one's name, and behind "More" on a phone. */
export function MoreSheet() {
  const [open, setOpen] = useOverlay('more');
  const me = useMe();
  const mayStart = useMay('operator');
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title={me.person.name}
      shape="menu"
      description={`${roleWords[me.role].name}, ${me.person.email}`}
    >
      <ul className="menu">
        {mayStart ? (
          <li className="phone">
            <Link to="/start" onClick={closeOverlay}>
              <Icon name="plus" />
              Start a run
            </Link>
          </li>
        ) : null}
        <li className="phone">
          <button type="button" onClick={() => openOverlay('palette')}>
            <Icon name="search" />
            Search
          </button>
        </li>
        {destinations
          .filter(({ to }) => !onPhoneBar(to))
          .map(({ to, label, icon }) => (
            <li key={to} className="phone">
              <Link to={to} onClick={closeOverlay}>
                <Icon name={icon} />
                {label}
              </Link>
            </li>
          ))}
        {!me.setUp && me.role === 'admin' ? (
          <li className="phone">
            <Link to="/" onClick={closeOverlay}>
              <Icon name="flag" />
              Set up
            </Link>
          </li>
        ) : null}
        <li>
          <button type="button" onClick={() => openOverlay('notices')}>
            <Icon name="bell" />
            Notices
            {me.unreadNotices > 0 ? (
              <span className="faint">{count(me.unreadNotices, 'new one', 'new ones')}</span>
            ) : null}
          </button>
        </li>
        <li>
          <Link to="/settings/$section" params={{ section: 'you' }} onClick={closeOverlay}>
            <Icon name="person" />
            You and this browser
          </Link>
        </li>
        <li className="phone">
          <Link to="/settings/$section" params={{ section: 'people' }} onClick={closeOverlay}>
            <Icon name="sliders" />
            Settings
          </Link>
        </li>
        <li>
          <button type="button" onClick={() => openOverlay('keys')}>
            <Icon name="key" />
            Keys
          </button>
        </li>
        <li>
          <button type="button" onClick={() => void signOut()}>
            <Icon name="back" />
            Sign out
          </button>
        </li>
      </ul>
    </Dialog>
  );
}
