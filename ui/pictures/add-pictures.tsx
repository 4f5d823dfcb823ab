import { useRef, useState, type ReactNode } from 'react';
import { Button } from '../shared/button.js';
import { FieldError } from '../shared/field.js';
import { Icon } from '../shared/icons.js';
import { bytes, count } from '../shared/words.js';
import { PictureEditor } from './picture-editor.js';
import './pictures.css';
import type { Late, LatePictures } from './use-late-pictures.js';

/** Adding screenshots to a run that is under way: chosen, dropped or pasted, looked through, then added. */
export function AddPictures(props: {
  pictures: LatePictures;
  /** True while something is held over the page. */
  over: boolean;
  /** What can be done with what was just added. */
  next?: ReactNode;
}) {
  const { pictures, over, next } = props;
  const { held, refused, busy, added, give, add } = pictures;
  const input = useRef<HTMLInputElement>(null);
  const [marking, setMarking] = useState<Late>();
  return (
    <div className={over ? 'late-pictures over' : 'late-pictures'}>
      <div className="row">
        <Button small onClick={() => input.current?.click()}>
          <Icon name="plus" />
          Add a screenshot
        </Button>
        <span className="lab">{over ? 'Let go to add it' : 'or drop or paste it here'}</span>
      </div>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Screenshots to add"
        accept="image/png,image/jpeg,image/webp,image/gif"
        onChange={(event) => {
          give(event.target.files ?? []);
          event.target.value = '';
        }}
      />
      {refused ? <FieldError>{refused}</FieldError> : null}
      {held.length > 0 ? (
        <>
          <ul aria-label="Screenshots to add">
            {held.map((late) => (
              <li key={late.key}>
                <img src={late.url} alt="" />
                <div className="words">
                  <p className="cut sm">
                    <b>{late.file.name}</b> <span className="faint">{bytes(late.file.size)}</span>
                  </p>
                  <div className="row">
                    <Button
                      small
                      disabled={busy}
                      aria-label={`Mark or blur ${late.file.name}`}
                      onClick={() => setMarking(late)}
                    >
                      Mark or blur
                    </Button>
                    <Button
                      small
                      tone="quiet"
                      disabled={busy}
                      aria-label={`Take out ${late.file.name}`}
                      onClick={() => pictures.takeOut(late.key)}
                    >
                      Take out
                    </Button>
                  </div>
                  {late.trouble ? <FieldError>{late.trouble}</FieldError> : null}
                </div>
              </li>
            ))}
          </ul>
          <p className="lab">Still in this browser. Sent as pixels alone: no place, no camera, nothing under a blur.</p>
          <Button busy={busy ? 'Adding…' : false} onClick={() => void add()}>
            {held.some((late) => late.trouble) ? 'Try again' : `Add ${count(held.length, 'screenshot')} to this run`}
          </Button>
        </>
      ) : null}
      <div className="sm" role="status">
        {added > 0 ? (
          <>
            {added === 1 ? 'It is among the sources now.' : `${String(added)} screenshots are among the sources now.`}{' '}
            {next}
          </>
        ) : null}
      </div>
      {marking ? (
        <PictureEditor
          file={marking.file}
          onClose={() => setMarking(undefined)}
          onSave={(file) => {
            pictures.replace(marking.key, file);
            setMarking(undefined);
          }}
        />
      ) : null}
    </div>
  );
}
