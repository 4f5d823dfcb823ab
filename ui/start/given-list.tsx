import { Button } from '../shared/button.js';
import { Icon } from '../shared/icons.js';
import { bytes } from '../shared/words.js';
import { useState } from 'react';
import { PictureEditor } from '../pictures/picture-editor.js';
import type { Given } from './use-given.js';

type Held = Given & { state: 'held' };

const kindWords = { transcript: 'transcript', screenshot: 'screenshot' } as const;

/** What was given, each with how far it is or why it was refused. */
export function GivenList(props: {
  given: readonly Given[];
  onTakeOut: (key: number) => void;
  onMove: (key: number, by: -1 | 1) => void;
  onReplace: (held: Held, file: File) => void;
}) {
  const { given, onTakeOut, onMove, onReplace } = props;
  const [marking, setMarking] = useState<Held>();
  if (given.length === 0) return null;
  const pictures = given.filter((one) => one.kind === 'screenshot').length;
  return (
    <>
      <ul className="given" aria-label="Given so far" aria-live="polite">
        {given.map((one, at) => (
          <li key={one.key} className={one.state}>
            {one.state === 'held' ? (
              <img src={one.url} alt="" />
            ) : one.state === 'there' && one.kind === 'screenshot' ? (
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
            {one.state === 'held' ? (
              <Button small aria-label={`Mark or blur ${one.name}`} onClick={() => setMarking(one)}>
                Mark or blur
              </Button>
            ) : null}
            {given.length > 1 && one.kind === 'screenshot' && pictures > 1 ? (
              <>
                <Button
                  small
                  icon
                  tone="quiet"
                  aria-label={`Move ${one.name} up`}
                  disabled={at === 0}
                  onClick={() => onMove(one.key, -1)}
                >
                  <Icon name="up" />
                </Button>
                <Button
                  small
                  icon
                  tone="quiet"
                  aria-label={`Move ${one.name} down`}
                  disabled={at === given.length - 1}
                  onClick={() => onMove(one.key, 1)}
                >
                  <Icon name="down" />
                </Button>
              </>
            ) : null}
            <Button small icon tone="quiet" aria-label={`Take out ${one.name}`} onClick={() => onTakeOut(one.key)}>
              <Icon name="close" />
            </Button>
          </li>
        ))}
      </ul>
      {pictures > 0 ? (
        <p className="sm dim">
          Screenshots stay in this browser until you start, and are sent as pixels alone: no place, no camera, nothing
          under a blur. Their order is the order in which they were taken.
        </p>
      ) : null}
      {marking ? (
        <PictureEditor
          file={marking.file}
          onClose={() => setMarking(undefined)}
          onSave={(file) => {
            onReplace(marking, file);
            setMarking(undefined);
          }}
        />
      ) : null}
    </>
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
