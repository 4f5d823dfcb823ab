import { useState } from 'react';
import type { Timeline } from '../../api/contract/index.js';
import { Button } from '../shared/button.js';
import { when } from '../shared/dates.js';
import { Dialog } from '../shared/dialog.js';
import { Icon } from '../shared/icons.js';

/** Whether the record is whole, checked again on demand, and how to check it without this server's word. */
export function Whole(props: {
  broken: Timeline | undefined;
  checkpoint: Timeline['checkpoint'];
  events: number;
  checking: boolean;
  checkedAt: number;
  onCheck: () => void;
}) {
  const { broken, checkpoint, events, checking, checkedAt, onCheck } = props;
  const [how, setHow] = useState(false);
  const at = broken?.broken;
  return (
    <section className="whole">
      <div role="status">
        <p className={broken ? 'st not-found big' : 'st verified big'}>
          <Icon name={broken ? 'struck' : 'tick'} />
          {broken ? 'The record is not whole' : 'The record is whole'}
        </p>
        <p className="sm dim">
          {broken
            ? `Event ${String(at?.seq ?? '')} of ${at?.stream ?? 'a part'} does not follow from the one before it. Keep a copy of everything and look into it now.`
            : `All ${new Intl.NumberFormat('en-GB').format(events)} events shown follow from one another.`}{' '}
          {checkpoint ? `Last sealed ${when(checkpoint.at)}, number ${String(checkpoint.number)}.` : 'Not sealed yet.'}{' '}
          <span className="faint">Checked {when(new Date(checkedAt))}.</span>
        </p>
      </div>
      <p className="row verbs noprint">
        <Button small busy={checking ? 'Checking…' : false} onClick={onCheck}>
          Check again now
        </Button>
        <Button small tone="quiet" onClick={() => setHow(true)}>
          How to check it yourself
        </Button>
      </p>
      <Dialog open={how} onOpenChange={setHow} title="How to check it yourself">
        <p className="sm dim about">
          Take the record out, and check it with a program that asks neither this server nor its database.
        </p>
        <pre className="cmd">npm run countersign -- export --out record{'\n'}npm run countersign -- verify record</pre>
        <p className="sm dim">
          It checks every chain of events, every seal, every signature, and that nothing was published without an
          approval of the same fingerprint. It ends with the first thing that is wrong, or with none. A single published
          file is checked with its receipt: <code>verify PATH</code>.
        </p>
        <div className="row verbs">
          <Button tone="primary" onClick={() => setHow(false)}>
            Close
          </Button>
        </div>
      </Dialog>
    </section>
  );
}
