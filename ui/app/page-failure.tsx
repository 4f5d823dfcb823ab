import { Failure } from '../shared/failure.js';
import { useTitle } from '../shared/page.js';

/** A page that could not be drawn, or whose code or data did not come. */
export function PageFailure({ error }: { error: unknown }) {
  useTitle('Not loaded');
  return (
    <main className="page whole" id="main" tabIndex={-1}>
      <div className="pad narrow">
        <h1 className="t1 after">This page did not load</h1>
        <Failure error={error} what="What happened:" retry={() => window.location.reload()} />
      </div>
    </main>
  );
}
