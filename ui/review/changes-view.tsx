import type { ReviewDetail, Version } from '../../api/contract/index.js';
import { when } from '../shared/dates.js';
import { Failure } from '../shared/failure.js';
import { Icon } from '../shared/icons.js';
import { Lines } from '../shared/loading.js';
import { list } from '../shared/words.js';
import { versionLabel, writerOf } from './authors.js';
import { ItemWords, titleOf } from './item-change.js';
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

function numberOf(item: ItemChange): string {
  return /^Step (\d+)$/.exec(item.title)?.[1] ?? '';
}

function NumberOf({ item }: { item: ItemChange }) {
  return (
    <>
      <span className="vh">Step </span>
      {numberOf(item)}
    </>
  );
}

type Part = { kind: 'hunk'; item: ItemChange } | { kind: 'fold'; items: ItemChange[] };

function parts(items: readonly ItemChange[]): Part[] {
  const found: Part[] = [];
  for (const item of items) {
    const last = found.at(-1);
    if (item.state !== 'same') found.push({ kind: 'hunk', item });
    else if (last?.kind === 'fold') last.items.push(item);
    else found.push({ kind: 'fold', items: [item] });
  }
  return found;
}

function foldWords(items: readonly ItemChange[]): string {
  const steps = items.filter((item) => item.title.startsWith('Step '));
  const others = items.filter((item) => !steps.includes(item)).map((item) => item.title);
  const first = steps[0]?.title ?? '';
  const last = steps.at(-1)?.title.replace('Step ', '') ?? '';
  const stepWords =
    steps.length === 0 ? [] : [steps.length === 1 ? first : `${first.replace('Step', 'Steps')} to ${last}`];
  const unique = [...new Set([...others, ...stepWords])];
  const [head = '', ...rest] = unique;
  return `${list([head, ...rest.map((word) => word.charAt(0).toLowerCase() + word.slice(1))])} unchanged`;
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
  const hunks = parts(compared.items);
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
      <article className="paper sheet changes" aria-label={`Changes from version ${String(from)}`}>
        {hunks.every((part) => part.kind === 'fold') ? (
          <p className="ours">No words changed since version {from}.</p>
        ) : (
          hunks.map((part, index) =>
            part.kind === 'fold' ? (
              <p className="fold" key={index}>
                <Icon name="dots" />
                {foldWords(part.items)}
              </p>
            ) : (
              <div className="hunk" key={part.item.key} data-item={part.item.key}>
                <div>
                  <h3 className={numberOf(part.item) === '' ? undefined : 'no'}>
                    {numberOf(part.item) === '' ? part.item.title : <NumberOf item={part.item} />}
                  </h3>
                  <ItemWords item={part.item} />
                </div>
                <By
                  item={part.item}
                  version={compared.hands.get(part.item.key)}
                  voided={openKeys.has(`run-through:${part.item.key}`)}
                />
              </div>
            ),
          )
        )}
      </article>
    </>
  );
}
