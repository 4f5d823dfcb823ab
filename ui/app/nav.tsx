import { Link } from '@tanstack/react-router';
import { KeyHint } from '../shared/button.js';
import { BrandMark, Icon } from '../shared/icons.js';
import { openOverlay } from '../shared/overlay.js';
import { Who } from '../shared/person.js';
import { useMay, useMe } from '../shared/queries.js';
import { roleWords } from '../shared/role-words.js';
import { count } from '../shared/words.js';
import { destinations } from './destinations.js';
import { useWaitingCount } from './waiting-count.js';

/** The navigation of the house. It shows what exists and what this person may do. */
export function Nav() {
  const me = useMe();
  const mayStart = useMay('operator');
  const waiting = useWaitingCount();
  return (
    <nav className="nav" aria-label="Main">
      <Link className="brand" to="/inbox">
        <BrandMark />
        <span>Countersign</span>
      </Link>
      <button type="button" className="find" onClick={() => openOverlay('palette')}>
        <Icon name="search" />
        <span>Search</span>
        <KeyHint keys="/" />
      </button>
      <ul>
        {!me.setUp && me.role === 'admin' ? (
          <li>
            <Link to="/" activeOptions={{ exact: true }} activeProps={{ 'aria-current': 'page' }}>
              <Icon name="flag" />
              <span>Set up</span>
            </Link>
          </li>
        ) : null}
        {destinations.map(({ to, label, icon }) => (
          <li key={to} className={to === '/timeline' ? 'apart' : undefined}>
            <Link to={to} activeProps={{ 'aria-current': 'page' }}>
              <Icon name={icon} />
              <span>{label}</span>
              {to === '/inbox' && waiting && waiting.n > 0 ? (
                <b className="n">
                  {waiting.n}
                  {waiting.more ? '+' : ''}
                  <span className="vh"> waiting</span>
                </b>
              ) : null}
            </Link>
          </li>
        ))}
      </ul>
      {mayStart ? (
        <Link className="start" to="/start" activeProps={{ 'aria-current': 'page' }}>
          <Icon name="plus" />
          <span>Start a run</span>
          <KeyHint keys="n" />
        </Link>
      ) : null}
      <div className="foot">
        <Link to="/settings" activeProps={{ 'aria-current': 'page' }}>
          <Icon name="sliders" />
          <span>Settings</span>
        </Link>
        <p className="drafter">
          {me.features.drafter.usesModel
            ? `Drafts by ${me.features.drafter.label}.`
            : 'No model in use. Drafts are made by built-in rules.'}
        </p>
        <div className="me">
          <button type="button" className="self" onClick={() => openOverlay('more')}>
            <Who name={me.person.name} />
            <span className="cut">
              <b className="cut">{me.person.name}</b>
              <small>{roleWords[me.role].name}</small>
            </span>
          </button>
          <button
            type="button"
            className="btn quiet small icon bell"
            aria-label={me.unreadNotices > 0 ? `Notices, ${count(me.unreadNotices, 'new one', 'new ones')}` : 'Notices'}
            onClick={() => openOverlay('notices')}
          >
            <Icon name="bell" />
            {me.unreadNotices > 0 ? <b aria-hidden="true">{me.unreadNotices}</b> : null}
          </button>
        </div>
      </div>
    </nav>
  );
}
