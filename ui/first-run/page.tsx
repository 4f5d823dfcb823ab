import { useQuery } from '@tanstack/react-query';
import { Navigate, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Button } from '../shared/button.js';
import { LoadSample } from '../shared/load-sample.js';
import { Failure } from '../shared/failure.js';
import { Icon } from '../shared/icons.js';
import { Lines } from '../shared/loading.js';
import { useTitle } from '../shared/page.js';
import { checklistQuery, useMe } from '../shared/queries.js';
import './first-run.css';
import { steps, type StepKey } from './steps.js';

/** The first ten minutes, for whoever sets the server up; everybody else starts at the inbox. */
export function FirstRunPage() {
  const me = useMe();
  if (me.setUp || me.role !== 'admin') return <Navigate to="/inbox" replace />;
  return <Checklist />;
}

function Checklist() {
  useTitle('Set up');
  const { data, error, refetch } = useQuery(checklistQuery);
  return (
    <main className="page" id="main" tabIndex={-1}>
      <div className="body">
        <div className="first">
          <h1 className="t1">Set up Countersign</h1>
          <p className="dim about">
            Drafts are written for you. Nothing leaves until a named person has approved exactly what leaves. The sample
            takes you to a first published page in a few minutes.
          </p>
          {error && !data ? <Failure error={error} retry={() => void refetch()} /> : null}
          {!data && !error ? <Lines rows={6} /> : null}
          {data ? <Steps items={data.items} /> : null}
        </div>
      </div>
    </main>
  );
}

type Item = {
  key: StepKey;
  done: boolean;
  optional: boolean;
  runId?: string | undefined;
  reviewId?: string | undefined;
};

function Steps({ items }: { items: readonly Item[] }) {
  const me = useMe();
  const next = items.find((item) => !item.done && !item.optional)?.key ?? items.find((item) => !item.done)?.key;
  return (
    <ol className="chk">
      {items.map((item) => {
        const { title, done, words } = steps[item.key];
        return (
          <li key={item.key} className={item.done ? 'done' : 'open'}>
            <Icon name={item.done ? 'done' : 'open'} />
            {item.done ? (
              <span>
                <span className="vh">Done: </span>
                {done(me)}
              </span>
            ) : (
              <span>
                <b>{title}</b> {item.optional ? <span className="faint sm">optional</span> : null}
                <p>{words}</p>
              </span>
            )}
            {item.done ? null : <StepVerb item={item} main={item.key === next} />}
          </li>
        );
      })}
    </ol>
  );
}

function StepVerb({ item, main }: { item: Item; main: boolean }): ReactNode {
  const navigate = useNavigate();
  const tone = main ? 'primary' : 'plain';
  const to = (label: string, go: () => unknown) => (
    <Button tone={tone} onClick={() => void go()}>
      {label}
    </Button>
  );
  switch (item.key) {
    case 'owner':
      return null;
    case 'drafter':
      return to('See how', () => navigate({ to: '/settings/$section', params: { section: 'drafter' } }));
    case 'sample':
      return <LoadSample tone={tone} label="Load the sample" />;
    case 'published': {
      const { reviewId, runId } = item;
      if (reviewId) return to('Open the review', () => navigate({ to: '/reviews/$id', params: { id: reviewId } }));
      if (runId) return to('See how far it is', () => navigate({ to: '/runs/$id', params: { id: runId } }));
      return null;
    }
    case 'own-run':
      return to('Start a run', () => navigate({ to: '/start' }));
    case 'colleague':
      return to('Invite', () => navigate({ to: '/settings/$section', params: { section: 'people' } }));
  }
}
