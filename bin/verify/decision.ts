import { must, signatureHolds, type Row } from './reading.js';

export type Signed = {
  id: string;
  review: string;
  subject: string;
  verdict: string;
  person: string;
  at: string;
  key: string;
};

const form =
  /^countersign decision v1\ndecision: (\S+)\nreview: (\S+)\nsubject: ([0-9a-f]{64})\nverdict: (approve|request-changes|reject)\nperson: (\S+)\nat: (\S+)\nkey: (\S+)\n$/;

/** Takes a decision's signed text apart. There is only one way to write it. */
export function signedFacts(text: string, where: string): Signed {
  const [, id, review, subject, verdict, person, at, key] = form.exec(text) ?? [];
  must(
    id !== undefined && review !== undefined && subject !== undefined && verdict !== undefined,
    `${where}: the signed text is not a decision's.`,
  );
  must(person !== undefined && at !== undefined && key !== undefined, `${where}: the signed text is not whole.`);
  return { id, review, subject, verdict, person, at, key };
}

/** The row says nothing else than what was signed, and the signature is good. */
export function checkSigned(row: Row, signedText: string, keys: ReadonlyMap<string, string>): Signed {
  const facts = signedFacts(signedText, row.where);
  must(facts.id === row.text('id'), `${row.where}: another decision was signed than ${row.text('id')}.`);
  must(facts.person === row.text('person'), `${row.where}: another person's decision was signed.`);
  must(facts.at === row.text('decidedAt'), `${row.where}: another time was signed.`);
  must(facts.key === row.text('keyId'), `${row.where}: the signed text names another key.`);
  const key = keys.get(facts.key);
  must(key !== undefined, `${row.where}: key ${facts.key} is not among the keys to check with.`);
  must(
    signatureHolds(signedText, row.text('signature'), key),
    `${row.where}: the signature of decision ${facts.id} is not valid.`,
  );
  return facts;
}
