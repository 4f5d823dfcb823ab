import { useQueries } from '@tanstack/react-query';
import '../review/changes.css';
import type { PublishedDetail } from '../../api/contract/index.js';
import { ChangeHunks } from '../review/change-hunks.js';
import { titleOf } from '../review/item-change.js';
import { versionQuery } from '../review/versions.js';
import { dayAndYear } from '../shared/dates.js';
import { Failure } from '../shared/failure.js';
import { Lines } from '../shared/loading.js';
import { trackPages } from '../tracks/index.js';

type Version = PublishedDetail['versions'][number];

/** Published versions, each once, the oldest first: a page may lie in several places. */
export function versionsOf(item: PublishedDetail): Version[] {
  return [...new Map(item.versions.map((one) => [one.draftVersion, one])).values()];
}

/** The version before this page's, or else the first other one; undefined where there is no other. */
export function versionBefore(item: PublishedDetail): number | undefined {
  const others = versionsOf(item).filter((one) => one.draftVersion !== item.draftVersion);
  return (others.findLast((one) => one.draftVersion < item.draftVersion) ?? others[0])?.draftVersion;
}

function Choice(props: { label: string; value: number; of: readonly Version[]; onChange: (version: number) => void }) {
  return (
    <label>
      <span className="lab">{props.label}</span>
      <select className="input" value={props.value} onChange={(event) => props.onChange(Number(event.target.value))}>
        {props.of.map(({ draftVersion, publishedAt }) => (
          <option key={draftVersion} value={draftVersion}>
            Version {draftVersion}, {dayAndYear(publishedAt)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What changed between two published versions, by section and step, from the words that were approved for each. */
export function PublishedChanges(props: {
  item: PublishedDetail;
  from: number;
  to: number;
  onChoose: (choice: { from: number; to: number }) => void;
}) {
  const { item, from, to, onChoose } = props;
  const { compared, error } = useQueries({
    queries: [from, to].map((version) => versionQuery(item.runId, version)),
    combine: (answers) => ({
      compared: answers.flatMap((answer) => (answer.data ? [answer.data] : [])),
      error: answers.find((answer) => answer.isError)?.error,
    }),
  });
  const [before, after] = compared;
  const versions = versionsOf(item);
  return (
    <>
      <p className="comparing two">
        <Choice label="From" value={from} of={versions} onChange={(version) => onChoose({ from: version, to })} />
        <Choice label="to" value={to} of={versions} onChange={(version) => onChoose({ from, to: version })} />
      </p>
      {error ? (
        <Failure error={error} what="A version did not load." />
      ) : before && after ? (
        <ChangeHunks
          items={trackPages[item.track].changes(before.draft, after.draft)}
          label={`Changes from version ${String(from)} to version ${String(to)}`}
          same={from === to ? 'This is one and the same version.' : 'No words differ between these two versions.'}
          side={(change) => <p className="by faint">{change.state === 'changed' ? 'changed' : titleOf(change)}</p>}
        />
      ) : (
        <Lines rows={8} />
      )}
    </>
  );
}
