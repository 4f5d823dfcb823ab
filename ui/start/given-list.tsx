import { Button } from '../shared/button.js';
import { Icon } from '../shared/icons.js';
import { bytes } from '../shared/words.js';
import type { Given } from './use-given.js';

const kindWords = { transcript: 'transcript', screenshot: 'screenshot' } as const;

/** What was given, each with how far it is or why it was refused. */
export function GivenList({ given, onTakeOut }: { given: readonly Given[]; onTakeOut: (key: number) => void }) {
  if (given.length === 0) return null;
  return (
    <ul className="given" aria-label="Given so far" aria-live="polite">
      {given.map((one) => (
        <li key={one.key} className={one.state}>
          {one.state === 'there' && one.kind === 'screenshot' ? (
            <img src={`/api/files/${one.source.sha256}`} alt="" />
          ) : (
            <span className="pic">
              <Icon name={one.state === 'refused' ? 'struck' : one.kind === 'screenshot' ? 'picture' : 'speech'} />
            </span>
          )}
          <div className="words">
            <p className="cut">
              <b>{one.name}</b>{' '}
              <span className="faint sm">
                {one.kind ? `${kindWords[one.kind]}, ` : ''}
                {bytes(one.size)}
              </span>
            </p>
            {one.state === 'sending' ? <Sending share={one.share} /> : null}
            {one.state === 'refused' ? <p className="sm why">{one.words}</p> : null}
            {one.state === 'there'
              ? one.source.warnings.map((warning) => (
                  <p key={warning} className="sm dim">
                    {warning}
                  </p>
                ))
              : null}
          </div>
          {one.state === 'refused' && one.again ? (
            <Button small onClick={one.again}>
              Send again
            </Button>
          ) : null}
          <Button small icon tone="quiet" aria-label={`Take out ${one.name}`} onClick={() => onTakeOut(one.key)}>
            <Icon name="close" />
          </Button>
        </li>
      ))}
    </ul>
  );
}

function Sending({ share }: { share: number }) {
  const sent = Math.round(share * 100);
  return (
    <p className="sm faint sending">
      <progress value={share} max={1} aria-label="Sent" />
      {sent < 100 ? `${sent} %` : 'being read'}
    </p>
  );
}
