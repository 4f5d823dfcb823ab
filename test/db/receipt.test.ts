import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { keyIdOf } from '../../api/signing.js';
import { checkReceipt } from '../../bin/verify/receipt.js';
import { trustedKeys } from '../../bin/verify/reading.js';
import { verify } from '../../bin/verify/verify.js';
import { newId } from '../../db/ids.js';
import { sha256Hex } from '../../workflows/domain/canonical.js';
import { decisionText } from '../../workflows/domain/decision-text.js';
import { manifestText } from '../../workflows/domain/manifest.js';
import { receiptText, type Receipt } from '../../workflows/domain/receipt.js';
import { freshFolder } from '../support/harness.js';

const pair = generateKeyPairSync('ed25519');
const raw = pair.publicKey.export({ format: 'jwk' }).x ?? '';

/** A published page with a picture, and its receipt, as a folder target leaves them. */
function published(verdict: 'approve' | 'reject' = 'approve') {
  const folder = freshFolder('receipt');
  const [page, picture] = ['# Closing the till\n', 'a picture'];
  const asset = { path: 'images/abc.png', sha256: sha256Hex(picture) };
  const run = newId();
  const manifest = manifestText({
    v: 1,
    run,
    track: 'sop-drafting',
    draftVersion: 2,
    renditions: [
      {
        sha256: sha256Hex(page),
        mediaType: 'text/markdown',
        bytes: page.length,
        targetId: newId(),
        targetName: 'Handbook folder',
        targetAddress: 'published',
        path: 'sop-drafting/closing-the-till/v2.md',
        recipients: [],
        assets: [{ ...asset, mediaType: 'image/png', bytes: picture.length }],
      },
    ],
    requirements: [],
  });
  const facts = {
    decisionId: newId(),
    reviewId: newId(),
    subjectDigest: sha256Hex(manifest),
    decision: verdict,
    personId: newId(),
    decidedAt: '2026-11-24T10:57:14.123Z',
    keyId: keyIdOf(raw),
  };
  const signedText = decisionText(facts);
  const receipt: Receipt = {
    v: 1,
    publicationId: newId(),
    runId: run,
    track: 'sop-drafting',
    subjectDigest: facts.subjectDigest,
    renditionSha256: sha256Hex(page),
    address: 'published/sop-drafting/closing-the-till/v2.md',
    assets: [asset],
    decision: {
      id: facts.decisionId,
      person: facts.personId,
      decidedAt: facts.decidedAt,
      singlePerson: false,
      signature: sign(null, Buffer.from(signedText), pair.privateKey).toString('base64url'),
      keyId: facts.keyId,
    },
    signedText,
    publicKey: raw,
    manifest,
    deliveredAt: '2026-11-24T10:57:15.000Z',
  };
  const paths = {
    page: join(folder, 'v2.md'),
    picture: join(folder, 'images', 'abc.png'),
    receipt: join(folder, 'v2.receipt.json'),
  };
  mkdirSync(dirname(paths.picture));
  writeFileSync(paths.page, page);
  writeFileSync(paths.picture, picture);
  writeFileSync(paths.receipt, receiptText(receipt));
  return { paths, receipt, folder };
}

describe('a receipt', () => {
  let at: ReturnType<typeof published>;
  beforeEach(() => {
    at = published();
  });
  const check = () => checkReceipt(at.paths.receipt, undefined);
  const rewritten = (edit: Partial<Receipt>) =>
    writeFileSync(at.paths.receipt, JSON.stringify({ ...at.receipt, ...edit }));

  it('says what was approved, by whom, and with which key that was checked', async () => {
    expect(check()).toContain(`person ${at.receipt.decision.person} approved at 2026-11-24T10:57:14.123Z`);
    expect(check()).toContain('the key inside the receipt itself');
    expect(checkReceipt(at.paths.receipt, [raw])).toContain('the key you gave');
    expect(await verify([at.paths.page])).toBe(0);
  });

  it('shows a changed page, a changed picture, and a missing one', () => {
    writeFileSync(at.paths.picture, 'another picture');
    expect(check).toThrow(/abc\.png is not what was approved/);
    writeFileSync(at.paths.page, `${readFileSync(at.paths.page, 'utf8')} `);
    expect(check).toThrow(/v2\.md is not what was approved/);
  });

  it('shows every field that was changed', () => {
    const { receipt } = at;
    const other = published().receipt;
    const forged: Partial<Receipt>[] = [
      { subjectDigest: other.subjectDigest },
      { renditionSha256: sha256Hex('x') },
      { address: 'published/elsewhere.md' },
      { runId: newId() },
      { manifest: other.manifest },
      { manifest: receipt.manifest.replace('v2.md', 'v3.md') },
      { assets: [] },
      { signedText: other.signedText },
      { signedText: receipt.signedText.replace('2026-11-24', '2026-11-25') },
      { decision: { ...receipt.decision, person: newId() } },
      { decision: { ...receipt.decision, id: newId() } },
      { decision: { ...receipt.decision, decidedAt: '2026-11-25T10:57:14.123Z' } },
      { decision: { ...receipt.decision, signature: other.decision.signature } },
      { decision: { ...receipt.decision, keyId: 'another-key' } },
    ];
    for (const edit of forged) {
      rewritten(edit);
      expect(check, JSON.stringify(edit)).toThrow();
    }
  });

  it('is no receipt of anything but an approval', () => {
    at = published('reject');
    expect(check).toThrow(/the decision is “reject”, not an approval/);
  });

  it('signed anew by another key convinces nobody who gives the key that they trust', async () => {
    const { x: foreign } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
    expect(() => checkReceipt(at.paths.receipt, [foreign ?? ''])).toThrow(/is not among the keys to check with/);
    const file = join(at.folder, 'key');
    const jwks = { keys: [{ kty: 'OKP', crv: 'Ed25519', x: raw, kid: keyIdOf(raw) }] };
    for (const text of [
      raw,
      String(pair.publicKey.export({ type: 'spki', format: 'pem' })),
      JSON.stringify(jwks),
      JSON.stringify([{ keyId: keyIdOf(raw), publicKey: raw }]),
    ]) {
      writeFileSync(file, text);
      expect(trustedKeys(file)).toEqual([raw]);
      expect(await verify([at.paths.receipt, '--key', file])).toBe(0);
    }
  });

  it('leads the verifier out of its folder under no path', () => {
    const manifest = at.receipt.manifest.replace('images/abc.png', '../abc.png');
    const facts = at.receipt.signedText.replace(at.receipt.subjectDigest, sha256Hex(manifest));
    const signature = sign(null, Buffer.from(facts), pair.privateKey).toString('base64url');
    rewritten({
      manifest,
      subjectDigest: sha256Hex(manifest),
      signedText: facts,
      decision: { ...at.receipt.decision, signature },
    });
    expect(check).toThrow(/names a file outside its folder/);
  });

  it('is checked by code that imports nothing of the application', () => {
    for (const file of readdirSync('bin/verify')) {
      const imports = [...readFileSync(join('bin/verify', file), 'utf8').matchAll(/from '([^']+)'/g)].map(
        (found) => found[1],
      );
      for (const name of imports) expect(`${file}: ${name}`).toMatch(/: (node:|\.\/[a-z]+\.js$)/);
    }
  });
});
