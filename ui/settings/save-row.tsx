import { sentenceOf } from '../shared/api.js';
import { Button } from '../shared/button.js';
import { Note } from '../shared/note.js';

/** The end of a form: Save, what went wrong, and once saved a word that says so. */
export function SaveRow({
  changed,
  saving,
  saved,
  error,
  onReset,
}: {
  changed: boolean;
  saving: boolean;
  saved: boolean;
  error: unknown;
  onReset: () => void;
}) {
  return (
    <div className="save">
      {error ? (
        <Note tone="not-found" live="alert" title="Not saved.">
          {sentenceOf(error)}
        </Note>
      ) : null}
      <div className="row">
        <Button tone="primary" type="submit" disabled={!changed && !saving} busy={saving ? 'Saving…' : false}>
          Save
        </Button>
        {changed ? (
          <Button tone="quiet" onClick={onReset}>
            Leave as it was
          </Button>
        ) : null}
        <span className="sm faint" role="status">
          {saved && !changed ? 'Saved' : changed ? 'Not saved yet' : ''}
        </span>
      </div>
    </div>
  );
}
