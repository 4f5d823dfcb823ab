import { Link } from '@tanstack/react-router';
import { Icon } from '../shared/icons.js';
import { openOverlay } from '../shared/overlay.js';
import { useMe } from '../shared/queries.js';
import { destinations, onPhoneBar } from './destinations.js';

/** On a phone: four places at the bottom, within reach of a thumb. */
export function PhoneBar() {
  const me = useMe();
  return (
    <nav className="tabbar" aria-label="Main, small screen">
      {destinations
        .filter(({ to }) => onPhoneBar(to))
        .map(({ to, label, icon }) => (
          <Link key={to} to={to} activeProps={{ 'aria-current': 'page' }}>
            <Icon name={icon} />
            {label}
          </Link>
        ))}
      <button type="button" onClick={() => openOverlay('more')}>
        <Icon name="menu" />
        More
        {me.unreadNotices > 0 ? <b className="vh">, {me.unreadNotices} new notices</b> : null}
      </button>
    </nav>
  );
}
