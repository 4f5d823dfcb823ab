import { basename, dirname, join } from 'node:path';
import { checkSigned } from './decision.js';
import { bytesOf, keyIdOf, must, Row, sha256 } from './reading.js';

/** Paths in a receipt stay below its folder: a receipt is somebody else's file. */
function below(folder: string, path: string): string {
  const odd = path.split('/').some((part) => part === '' || part === '.' || part === '..' || /[\\\0:]/.test(part));
  must(!odd, `The receipt names a file outside its folder: “${path}”.`);
  return join(folder, ...path.split('/'));
}

const addressOf = (rendition: Row) =>
  `${rendition.text('targetAddress').replace(/\/+$/, '')}/${rendition.text('path')}`;

function checkFile(path: string, expected: string): void {
  must(sha256(bytesOf(path)) === expected, `${path} is not what was approved: its bytes have changed.`);
}

/** Checks one receipt and the files beside it. Answers what holds, in words. */
export function checkReceipt(path: string, trusted: readonly string[] | undefined): string {
  const receipt = Row.parse(bytesOf(path).toString('utf8'), path);
  must(receipt.int('v') === 1, `${path} is not a receipt that this version reads.`);
  const decision = receipt.row('decision');
  const embedded = receipt.text('publicKey');
  const keys = new Map((trusted ?? [embedded]).map((key) => [keyIdOf(key), key]));
  const signed = checkSigned(decision, receipt.text('signedText'), keys);
  must(signed.verdict === 'approve', `${path}: the decision is “${signed.verdict}”, not an approval.`);
  must(signed.subject === receipt.text('subjectDigest'), `${path}: something else was approved.`);

  const text = receipt.text('manifest');
  must(sha256(text) === signed.subject, `${path}: the manifest is not the one that was approved.`);
  const manifest = Row.parse(text, `${path}, manifest`);
  must(manifest.text('run') === receipt.text('runId'), `${path}: the manifest is of another run.`);
  must(manifest.text('track') === receipt.text('track'), `${path}: the manifest is of another track.`);
  const rendition = manifest
    .rows('renditions')
    .find(
      (one) => one.text('sha256') === receipt.text('renditionSha256') && addressOf(one) === receipt.text('address'),
    );
  must(rendition !== undefined, `${path}: the approved manifest does not send these bytes to this address.`);

  const folder = dirname(path);
  const page = join(folder, basename(rendition.text('path')));
  checkFile(page, rendition.text('sha256'));
  const assets = rendition.rows('assets');
  for (const asset of assets) checkFile(below(folder, asset.text('path')), asset.text('sha256'));
  const listed = receipt.rows('assets').map((asset) => `${asset.text('sha256')} ${asset.text('path')}`);
  const approved = assets.map((asset) => `${asset.text('sha256')} ${asset.text('path')}`);
  must(listed.join('\n') === approved.join('\n'), `${path}: the files it lists are not those that were approved.`);

  const by =
    trusted === undefined
      ? `the key inside the receipt itself (${signed.key}); give --key FILE to check with one that you trust`
      : `the key you gave (${signed.key})`;
  return `${page} is exactly what person ${signed.person} approved at ${signed.at}. Signature checked with ${by}.`;
}
