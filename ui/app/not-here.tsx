import { Link } from '@tanstack/react-router';
import { useTitle } from '../shared/page.js';

/** An address that leads nowhere. */
export function NotHere() {
  useTitle('Not here');
  return (
    <main className="page whole" id="main" tabIndex={-1}>
      <div className="emptybox">
        <div className="inner">
          <h1 className="t1">Nothing is at this address</h1>
          <p className="dim">It may have been mistyped. What was published stays where it was.</p>
          <p className="act">
            <Link className="link" to="/inbox">
              Go to the inbox
            </Link>
          </p>
        </div>
      </div>
    </main>
  );
}
