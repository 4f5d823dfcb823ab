import { fieldNames } from '../../../workflows/domain/contract-summary/schema.js';
import { Button } from '../../shared/button.js';
import { useKeys } from '../../shared/keys.js';
import { newClauseId } from './new-clause.js';
import { glance } from './quote.js';
import { fieldOf } from './spots.js';
import { proposed } from './typed.js';
import type { Desk } from './use-desk.js';

/** What the marked words can become: the point that has the focus, or a clause worth flagging. */
export function MarkBar({ desk }: { desk: Desk }) {
  const { marked, at, acts } = desk;
  const field = fieldOf(at);
  const on = marked !== undefined && desk.mayAct && desk.editing === undefined;
  const set = () => {
    if (marked === undefined || field === undefined || at === undefined) return;
    const value = proposed(field, marked.text);
    // Without a value in the words the form asks for one, and has them at hand.
    if (value === undefined) {
      desk.edit(at);
      return;
    }
    const { source, from, to } = marked.place;
    void acts.save(at, [{ op: 'set-field', field, value, quotes: [{ source, from, to }] }]).then((saved) => {
      if (!saved) return;
      desk.mark(undefined);
      desk.focus(at, { grab: true });
    });
  };
  const flag = () => {
    if (marked === undefined) return;
    const { source, from, to } = marked.place;
    const id = newClauseId();
    const title = glance(marked.text, 60);
    void acts.save(`clause:${id}`, [{ op: 'add-clause', id, title, quote: { source, from, to } }]).then((saved) => {
      if (!saved) return;
      desk.mark(undefined);
      desk.edit(`clause:${id}`);
    });
  };
  useKeys([
    { keys: 's', label: 'set the marked words as the point in focus', group: 'Document', on: on && !!field, run: set },
    { keys: 'f', label: 'flag the marked words as a clause', group: 'Document', on, run: flag },
  ]);
  if (!on) return null;
  return (
    <div
      className="markbar"
      role="toolbar"
      aria-label="The marked words"
      onMouseDown={(event) => event.preventDefault()}
    >
      <p className="sm cut">“{glance(marked.text, 120)}”</p>
      {field === undefined ? null : (
        <Button small tone="primary" hint="s" busy={acts.busy === at ? 'Saving…' : false} onClick={set}>
          Set as {fieldNames[field].toLowerCase()}
        </Button>
      )}
      <Button small hint="f" onClick={flag}>
        Flag as a clause
      </Button>
    </div>
  );
}
