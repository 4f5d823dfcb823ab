import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { Lines } from '../shared/loading.js';
import { Note } from '../shared/note.js';
import { HousePage } from '../shared/page.js';
import { useMay } from '../shared/queries.js';
import { useUrlState } from '../shared/url-state.js';
import { SopForm } from './sop-form.js';
import './start.css';

const ContractsForm = lazy(() => import('./contracts/form.js').then((page) => ({ default: page.ContractsForm })));

const kinds = [
  { track: 'sop-drafting', label: 'SOP from a walk-through' },
  { track: 'contract-summary', label: 'Contracts' },
] as const;

/** Start a run: first which kind of work, then what it needs. */
export function StartPage() {
  const may = useMay('operator');
  const [{ track: asked, supersedes }] = useUrlState();
  const track = kinds.find((kind) => kind.track === asked)?.track ?? 'sop-drafting';
  const contracts = track === 'contract-summary';
  return (
    <HousePage title="Start a run">
      <div className="body">
        <div className={contracts ? 'pad starting many' : 'pad narrow starting'}>
          {may ? (
            <>
              <nav className="seg kinds" aria-label="Kind of work">
                {kinds.map((kind) => (
                  <Link
                    key={kind.track}
                    to="/start"
                    search={{ track: kind.track }}
                    aria-current={kind.track === track ? 'page' : undefined}
                  >
                    {kind.label}
                  </Link>
                ))}
              </nav>
              {/* Kept while the other is looked at: what was given to it is not lost. */}
              <div hidden={contracts}>
                <SopForm />
              </div>
              {contracts ? (
                <Suspense fallback={<Lines rows={6} />}>
                  <ContractsForm supersedes={supersedes} />
                </Suspense>
              ) : null}
            </>
          ) : (
            <Note title="You can read everything here.">
              Starting a run needs the operator role; an admin of your team can give it.
            </Note>
          )}
        </div>
      </div>
    </HousePage>
  );
}
