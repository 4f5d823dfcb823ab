import { Lines } from '../shared/loading.js';

/** While a page's code is on its way; the router shows it after 300 ms. */
export function Waiting() {
  return (
    <main className="page" id="main" tabIndex={-1}>
      <div className="pad">
        <Lines />
      </div>
    </main>
  );
}
