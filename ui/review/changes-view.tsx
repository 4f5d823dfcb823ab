import type { ReviewDetail, Version } from '../../api/contract/index.js';
import { when } from '../shared/dates.js';
import { Failure } from '../shared/failure.js';
import { Icon } from '../shared/icons.js';
import { Lines } from '../shared/loading.js';
import { versionLabel, writerOf } from './authors.js';
import { ChangeHunks } from './change-hunks.js';
import { titleOf } from './item-change.js';
import type { ItemChange } from './track-pages.js';
import type { Compared } from './versions.js';

function By({ item, version, voided }: { item: ItemChange; version: Version | undefined; voided: boolean }) {
  return (
    <div className="by">
      {version ? (
        <p className={version.author ? 'st confirmed' : 'st'}>
          <Icon name={version.author ? 'done' : 'pen'} />
          {writerOf(version)}, {when(version.createdAt)}
        </p>
      ) : null}
      {item.state === 'changed' ? null : <p className="faint">{titleOf(item)}</p>}
      {voided ? <p>This step has to be run again.</p> : null}
    </div>
  );
}

/** What changed between two versions, word by word, with whose hand it was. Unchanged parts fold to a line. */
export function ChangesView(props: {
  review: ReviewDetail;
  from: number | undefined;
  onFrom: (version: number) => void;
  compared: Compared | undefined;
  error: unknown;
}) {
  const { review, from, onFrom, compared, error } = props;
  const earlier = review.versions.filter((version) => version.version < review.draftVersion && !version.alternative);
  const openKeys = new Set(review.requirements.filter((item) => !item.fulfilled).map((item) => item.key));
  if (error) return <Failure error={error} what="The earlier version did not load." />;
  if (from === undefined)
    return (
      <article className="paper sheet calmsheet">
        <p className="ours">This is the only version so far. Changes that people make are shown here, word by word.</p>
      </article>
    );
  if (!compared) return <Lines rows={8} />;
  return (
    <>
      <p className="comparing">
        <label>
          <span className="lab">Compare with</span>
          <select className="input" value={from} onChange={(event) => onFrom(Number(event.target.value))}>
            {earlier.map((version) => (
              <option key={version.version} value={version.version}>
                {versionLabel(version)}
              </option>
            ))}
          </select>
        </label>
      </p>
      <ChangeHunks
        items={compared.items}
        label={`Changes from version ${String(from)}`}
        same={`No words changed since version ${String(from)}.`}
        side={(item) => (
          <By item={item} version={compared.hands.get(item.key)} voided={openKeys.has(`run-through:${item.key}`)} />
        )}
      />
    </>
  );
}
