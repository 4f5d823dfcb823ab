import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import './published.css';
import type { PublishedDetail } from '../../api/contract/index.js';
import { Paper } from '../review/paper.js';
import { approvalFacts } from '../review/outcome-words.js';
import { trackPages } from '../tracks/index.js';
import { StartLetter } from '../tracks/notice-letter/start-letter.js';
import { ask } from '../shared/api.js';
import { Button, buttonClass } from '../shared/button.js';
import { dayAndYear, when } from '../shared/dates.js';
import { Failure } from '../shared/failure.js';
import { Icon } from '../shared/icons.js';
import { Lines } from '../shared/loading.js';
import { Note } from '../shared/note.js';
import { HousePage } from '../shared/page.js';
import { useUrlState } from '../shared/url-state.js';
import { inRepository } from './in-repository.js';
import { fingerprint } from '../shared/words.js';
import { PublishedChanges, versionBefore } from './changes.js';
import { Reports } from './report.js';
import { TakeAlong } from './take-along.js';

const nothing: never[] = [];

function Receipt({ item }: { item: PublishedDetail }) {
  const { decision, rendition, verified } = item;
  return (
    <section>
      <h2>Receipt</h2>
      <p className={verified.ok ? 'st verified' : 'st not-found'}>
        <Icon name={verified.ok ? 'tick' : 'struck'} />
        {verified.ok ? 'Checked again just now' : 'Does not check out'}
      </p>
      <p className="sm dim below">{verified.words}</p>
      <dl className="ba">
        <dt>Approved</dt>
        <dd>
          {decision.by.name}, {dayAndYear(decision.decidedAt)} {when(decision.decidedAt).split(' ').at(-1)}
          {approvalFacts(decision).map((fact) => (
            <span key={fact} className="faint">
              , {fact}
            </span>
          ))}
        </dd>
        <dt>Delivered</dt>
        <dd>{when(item.publishedAt)}</dd>
        <dt>Lies at</dt>
        <dd className="break">{item.publication.address}</dd>
        <dt>Fingerprint</dt>
        <dd className="fp" title={item.subjectDigest}>
          {fingerprint(item.subjectDigest, 4)}
        </dd>
        <dt>This page</dt>
        <dd className="fp" title={rendition.sha256}>
          {fingerprint(rendition.sha256, 4)}
        </dd>
        <dt>Key</dt>
        <dd className="fp">{fingerprint(decision.keyId, 4)}</dd>
      </dl>
      <p className="row verbs noprint">
        <a className={buttonClass({ small: true })} href={item.receiptUrl} download>
          <Icon name="download" />
          Receipt
        </a>
      </p>
    </section>
  );
}

function HowToVerify({ item }: { item: PublishedDetail }) {
  const place = inRepository(item.receipt);
  return (
    <section>
      <h2>Check it yourself</h2>
      <p className="sm dim">
        The receipt lies beside the published file. This checks the file, its images, the approval and its signature,
        and asks neither this server nor its database:
      </p>
      {place ? (
        <p className="sm dim break">
          Do it in a clone of the repository, at commit <span className="fp">{place.commit}</span>:
        </p>
      ) : null}
      <pre className="cmd">npm run countersign -- verify {place?.path ?? item.publication.address}</pre>
      <p className="sm dim">
        The signature proves that this server recorded the decision of {item.approvedBy.name} on exactly this page.
      </p>
    </section>
  );
}

function Versions({ item }: { item: PublishedDetail }) {
  const others = item.versions.filter((version) => version.publicationId !== item.publicationId);
  return (
    <section>
      <h2>Where it comes from</h2>
      <ul className="after">
        <li>
          <Icon name="tick" />
          <Link className="link" to="/reviews/$id" params={{ id: item.decision.reviewId }}>
            The review, with its sources
          </Link>
        </li>
        <li>
          <Icon name="clock" />
          <Link className="link" to="/timeline" search={{ run: item.runId }}>
            Every event of this run
          </Link>
        </li>
        {others.map((version) => (
          <li key={version.publicationId}>
            <Icon name="book" />
            <Link className="link" to="/published/$id" params={{ id: version.publicationId }}>
              Version {version.draftVersion}
              {version.publicationId === item.supersededBy?.publicationId ? ', in force' : ''}
              {version.draftVersion < item.draftVersion ? ', superseded' : ''}
            </Link>
            <time>{when(version.publishedAt)}</time>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Superseded({ by, version }: { by: NonNullable<PublishedDetail['supersededBy']>; version: number }) {
  return (
    <div className="newer">
      <Note tone="drifted" title={`Version ${String(version)} is superseded.`}>
        Do not work from it.{' '}
        <Link className="link" to="/published/$id" params={{ id: by.publicationId }}>
          Version {by.draftVersion} is in force
        </Link>
        . This page and its receipt stay as they were approved.
      </Note>
    </div>
  );
}

/** One published page: exactly what went out, and its receipt. */
export function PublishedItemPage() {
  const params = useParams({ strict: false });
  const id = params.id ?? '';
  const query = useQuery({
    queryKey: ['published', id],
    queryFn: ({ signal }) => ask('get /api/published/{id}', { params: { id }, signal }),
  });
  const item = query.data;
  const [{ from, to }, move] = useUrlState();
  const before = item && versionBefore(item);
  const numberIn = (text: string | undefined, fallback: number): number =>
    item?.versions.find((one) => String(one.draftVersion) === text)?.draftVersion ?? fallback;
  const comparing = from !== undefined;
  return (
    <HousePage
      title={item?.title ?? 'Published'}
      about={
        item ? (
          <span className="wide">{`version ${String(item.draftVersion)}, ${item.target}${item.sample ? ', sample' : ''}`}</span>
        ) : undefined
      }
      tools={
        <Link className="crumb sm noprint" to="/published">
          <Icon name="back" />
          <span>
            All<span className="wide"> that is published</span>
          </span>
        </Link>
      }
    >
      {item ? (
        <div className="pubitem">
          <section className="pane mid" aria-label="What was published" tabIndex={0}>
            {item.supersededBy ? <Superseded by={item.supersededBy} version={item.draftVersion} /> : null}
            {before === undefined ? null : (
              <p className="views noprint">
                <Button small aria-pressed={!comparing} onClick={() => move({ from: undefined, to: undefined })}>
                  The page
                </Button>
                <Button small aria-pressed={comparing} onClick={() => move({ from: String(before) })}>
                  What changed
                </Button>
              </p>
            )}
            {comparing && before !== undefined ? (
              <PublishedChanges
                item={item}
                from={numberIn(from, before)}
                to={numberIn(to, item.draftVersion)}
                onChoose={(choice) => move({ from: String(choice.from), to: String(choice.to) })}
              />
            ) : (
              <Paper
                html={item.rendition.html}
                anchors={nothing}
                dress={trackPages[item.track].dress}
                at={undefined}
                onPlace={undefined}
              />
            )}
          </section>
          <aside className="pane side" aria-label="Receipt">
            <TakeAlong item={item} />
            {item.track === 'contract-summary' ? <StartLetter contractRun={item.runId} /> : null}
            <Receipt item={item} />
            <HowToVerify item={item} />
            <Versions item={item} />
            <Reports item={item} />
          </aside>
        </div>
      ) : (
        <div className="body pad">
          {query.isError ? <Failure error={query.error} retry={() => void query.refetch()} /> : <Lines rows={12} />}
        </div>
      )}
    </HousePage>
  );
}
