import { useQuery } from '@tanstack/react-query';
import type { InboxItem, Me, ReviewDetail } from '../../api/contract/index.js';
import { tracks } from '../../workflows/domain/tracks.js';
import { Button } from '../shared/button.js';
import { dueLong, when } from '../shared/dates.js';
import { Failure } from '../shared/failure.js';
import { Icon } from '../shared/icons.js';
import { Lines } from '../shared/loading.js';
import { reviewQuery } from '../shared/queries.js';
import { count, list } from '../shared/words.js';
import { Claim } from './claim.js';
import type { Row } from './groups.js';
import { RunPanel } from './run-panel.js';

/** The reading pane: enough to know whether to open it, and what it still needs. */
export function Reading({ row, me, now, onOpen }: { row: Row; me: Me; now: Date; onOpen: () => void }) {
  if (row.kind === 'run') {
    return (
      <section className="reading" aria-label={row.run.title}>
        <div className="pane" tabIndex={0}>
          <div className="inner">
            <RunPanel run={row.run} key={row.id} />
          </div>
        </div>
      </section>
    );
  }
  return (
    <section className="reading" aria-label={row.item.title}>
      <div className="pane" key={row.id} tabIndex={0}>
        <div className="inner">
          <Brief item={row.item} now={now} />
        </div>
      </div>
      <footer className="decide">
        <Claim item={row.item} me={me} now={now} />
        <Button tone="primary" hint="↵" onClick={onOpen}>
          Open review
        </Button>
      </footer>
    </section>
  );
}

function Brief({ item, now }: { item: InboxItem; now: Date }) {
  const { data: review, error, refetch } = useQuery(reviewQuery(item.reviewId));
  return (
    <>
      <p className="row sm dim">
        <span>{tracks[item.track].label}</span>
        <span className="faint">{review ? versionWords(review, now) : ''}</span>
      </p>
      <h2 className="t1">{item.title}</h2>
      {error && !review ? <Failure error={error} retry={() => void refetch()} /> : null}
      {review ? <Facts review={review} item={item} now={now} /> : error ? null : <Lines rows={4} />}
      <h3>{item.missing > 0 ? 'Missing before approval' : 'Nothing is missing before approval'}</h3>
      {item.missing > 0 ? (
        <ol className="todo">
          {item.missingWords.map((words) => (
            <li key={words} className="open">
              <Icon name="open" />
              <span>{words}</span>
            </li>
          ))}
          {item.missing > item.missingWords.length ? (
            <li className="open">
              <Icon name="dots" />
              <span className="dim">and {count(item.missing - item.missingWords.length, 'more thing')}</span>
            </li>
          ) : null}
        </ol>
      ) : null}
      {review?.renditions[0] ? (
        <>
          <h3>What would be published</h3>
          <div className="paper peek" dangerouslySetInnerHTML={{ __html: review.renditions[0].html }} />
        </>
      ) : null}
    </>
  );
}

function versionWords({ versions, draftVersion }: ReviewDetail, now: Date): string {
  const version = versions.find((one) => one.version === draftVersion);
  if (!version) return '';
  const by = version.author ? `edited by ${version.author.name}` : 'as drafted';
  return `Version ${draftVersion}, ${by} ${when(version.createdAt, now)}`;
}

function Facts({ review, item, now }: { review: ReviewDetail; item: InboxItem; now: Date }) {
  const places = review.renditions.map(({ target, assets }) => {
    return `${target.name}, as 1 page${assets.length > 0 ? ` and ${count(assets.length, 'image')}` : ''}`;
  });
  const people = review.renditions.flatMap(({ recipients }) => recipients);
  const given = review.sources.map((source) => source.kind);
  const shots = given.filter((kind) => kind === 'screenshot').length;
  const others = [...new Set(given.filter((kind) => kind !== 'screenshot'))].map((kind) => `a ${kind}`);
  const from = list([...others, ...(shots > 0 ? [count(shots, 'screenshot')] : [])]);
  return (
    <dl className="facts">
      <dt>Would be published to</dt>
      <dd>
        {list(places)}. {people.length > 0 ? `${list(people)} are notified.` : 'Nobody is notified.'}
      </dd>
      {from ? (
        <>
          <dt>Drafted from</dt>
          <dd>{from.charAt(0).toUpperCase() + from.slice(1)}</dd>
        </>
      ) : null}
      <dt>Due</dt>
      <dd>{dueLong(item.dueAt, now)}</dd>
      <dt>You may approve</dt>
      <dd>{approveWords(review)}</dd>
    </dl>
  );
}

function approveWords({ mayApprove, singlePerson }: ReviewDetail): string {
  if (mayApprove.ok) return singlePerson ? 'Yes. The record will say “single-person approval”.' : 'Yes.';
  if (mayApprove.code === 'requirements_missing') return 'Yes, once nothing is missing.';
  return mayApprove.why ?? 'Not now.';
}
