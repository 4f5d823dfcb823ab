import type { ReviewDetail } from '../../api/contract/index.js';
import { count } from '../shared/words.js';
import { draftedVersion, editsSince, writerOf } from './authors.js';

function draftedBy(review: ReviewDetail): string {
  const drafted = draftedVersion(review.versions, review.draftVersion);
  const edits = editsSince(review.versions, drafted?.version ?? 0, review.draftVersion);
  const people = [...new Set(edits.map(writerOf))];
  const stamp = drafted?.drafter;
  const prompt = stamp?.model && stamp.promptVersion ? `, prompt ${stamp.promptVersion}` : '';
  const first = drafted ? `${writerOf(drafted)}${prompt}` : 'a person';
  return edits.length === 0 ? first : `${first}, then ${count(edits.length, 'edit')} by ${people.join(' and ')}`;
}

/** Where it would go, what files, what it takes the place of, and who wrote it. */
export function WhereItGoes({ review }: { review: ReviewDetail }) {
  const before = review.run.publications.filter((item) => item.state === 'published');
  return (
    <section>
      <h2>Where it goes</h2>
      <dl className="kv">
        {review.renditions.map((rendition) => (
          <div key={rendition.address} className="contents">
            <dt>Target</dt>
            <dd>{rendition.target.name}</dd>
            <dt>Files</dt>
            <dd>
              <span className="break">{rendition.address}</span>
              {rendition.assets.length > 0 ? ` and ${count(rendition.assets.length, 'image')}` : ''}
            </dd>
          </div>
        ))}
        {before.length > 0 && review.state === 'open' ? (
          <>
            <dt>Before it</dt>
            <dd>
              {count(before.length, 'version')} published; {before.length === 1 ? 'it stays' : 'they stay'}
            </dd>
          </>
        ) : null}
        <dt>Drafted by</dt>
        <dd>{draftedBy(review)}</dd>
        <dt>Approval</dt>
        <dd>
          {review.policy.secondPerson
            ? 'by a second person'
            : review.singlePerson
              ? 'by you alone, and the record says so'
              : 'by one approver'}
        </dd>
      </dl>
    </section>
  );
}
