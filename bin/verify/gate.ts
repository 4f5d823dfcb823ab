import type { Event, Record } from './chain.js';
import { checkSigned } from './decision.js';
import { must, Row, sha256 } from './reading.js';

type Keys = ReadonlyMap<string, string>;
type Subject = { run: string; renditions: Set<string> };

function checkSubjects(rows: readonly Row[]): Map<string, Subject> {
  const subjects = new Map<string, Subject>();
  for (const row of rows) {
    const digest = row.text('digest');
    must(sha256(row.text('manifest')) === digest, `The manifest of subject ${digest} is not as it was approved.`);
    const manifest = Row.parse(row.text('manifest'), `Subject ${digest}`);
    must(manifest.text('run') === row.text('runId'), `Subject ${digest} is of another run.`);
    must(manifest.int('draftVersion') === row.int('draftVersion'), `Subject ${digest} is of another version.`);
    const renditions = new Set(manifest.rows('renditions').map((one) => one.text('sha256')));
    subjects.set(digest, { run: manifest.text('run'), renditions });
  }
  return subjects;
}

function events(record: Record, kinds: readonly string[]): Event[] {
  return [...record.values()].flat().filter((event) => kinds.includes(event.kind));
}

/** Every decision is signed, on the record, and on a subject of its run; and every one on the record is here. */
export function checkDecisions(
  rows: readonly Row[],
  record: Record,
  keys: Keys,
  subjects: Map<string, Subject>,
): Map<string, Row> {
  const byId = new Map(rows.map((row) => [row.text('id'), row]));
  const told = new Map(events(record, ['decided']).map((event) => [event.body.text('decisionId'), event]));
  const undone = new Set(events(record, ['decision-undone']).map((event) => event.body.text('decisionId')));
  for (const [id, event] of told)
    must(byId.has(id), `Decision ${id} (event ${event.seq} of ${event.stream}) is missing.`);
  for (const row of rows) {
    const id = row.text('id');
    const signed = checkSigned(row, row.text('signedText'), keys);
    const event = told.get(id);
    must(event !== undefined, `Decision ${id} is not on the record.`);
    const same =
      event.stream === `run:${row.text('runId')}` &&
      event.actor === `person:${signed.person}` &&
      event.body.text('reviewId') === signed.review &&
      event.body.text('subjectDigest') === signed.subject &&
      event.body.text('decision') === signed.verdict &&
      event.body.flag('singlePerson') === row.flag('singlePerson');
    must(same, `Decision ${id} is another on the record than was signed.`);
    must(
      row.text('subjectDigest') === signed.subject &&
        row.text('reviewId') === signed.review &&
        row.text('decision') === signed.verdict,
      `Decision ${id} is another than was signed.`,
    );
    must(row.flag('undone') === undone.has(id), `Decision ${id}: whether it was undone is not as on the record.`);
    must(
      subjects.get(signed.subject)?.run === row.text('runId'),
      `Decision ${id} is on a subject that is missing, or of another run.`,
    );
  }
  return byId;
}

/** Nothing was published but under an approval, standing and made before, of the same subject. */
function checkPublished(record: Record, decisions: Map<string, Row>, subjects: Map<string, Subject>): number {
  const published = events(record, ['published']);
  for (const event of published) {
    const what = `Publication ${event.body.text('publicationId')}`;
    const decision = decisions.get(event.body.text('decisionId'));
    must(decision !== undefined, `${what} has no decision.`);
    must(decision.text('decision') === 'approve' && !decision.flag('undone'), `${what} has no approval that stands.`);
    const digest = event.body.text('subjectDigest');
    must(decision.text('subjectDigest') === digest, `${what} is of another subject than was approved.`);
    must(`run:${decision.text('runId')}` === event.stream, `${what} was approved for another run.`);
    must(
      subjects.get(digest)?.renditions.has(event.body.text('renditionSha256')) === true,
      `${what} sent bytes that were not approved.`,
    );
    const before = (record.get(event.stream) ?? [])
      .slice(0, event.seq - 1)
      .some((one) => one.kind === 'decided' && one.body.text('decisionId') === decision.text('id'));
    must(before, `${what} came before its approval.`);
  }
  return published.length;
}

/** The gate as the record tells it. */
export function checkGate(
  rows: { decisions: readonly Row[]; subjects: readonly Row[] },
  record: Record,
  keys: Keys,
): { decisions: number; published: number } {
  const subjects = checkSubjects(rows.subjects);
  const decisions = checkDecisions(rows.decisions, record, keys, subjects);
  return { decisions: decisions.size, published: checkPublished(record, decisions, subjects) };
}
