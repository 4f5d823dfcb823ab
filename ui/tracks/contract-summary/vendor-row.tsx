import { useState } from 'react';
import { Button } from '../../shared/button.js';
import { TextField } from '../../shared/field.js';
import { StateMark } from '../../shared/state-mark.js';
import { Refusal } from './point-parts.js';
import { RowName } from './row-name.js';
import type { Desk } from './use-desk.js';

function Form({ desk }: { desk: Desk }) {
  const { vendor, title, fields } = desk.review.draft;
  const [name, setName] = useState(vendor);
  const [called, setCalled] = useState(title);
  const [tried, setTried] = useState(false);
  const names = fields.parties.value?.is === 'parties' ? fields.parties.value.names : [];
  const save = async () => {
    setTried(true);
    if (called.trim() === '') return;
    const edits = [
      ...(name.trim() === vendor ? [] : [{ op: 'set-vendor' as const, vendor: name.trim() }]),
      ...(called.trim() === title ? [] : [{ op: 'set-title' as const, title: called.trim() }]),
    ];
    if (edits.length === 0 || (await desk.acts.save('vendor', edits))) desk.edit(undefined);
  };
  return (
    <form
      className="pointform"
      aria-label="Edit: vendor and title"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        desk.edit(undefined);
      }}
    >
      <TextField
        label="Vendor, as the register calls it"
        autoComplete="off"
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      {names.length === 0 ? null : (
        <div className="acts" role="group" aria-label="One of the parties">
          {names.map((party) => (
            <Button small key={party} aria-pressed={party === name} onClick={() => setName(party)}>
              {party}
            </Button>
          ))}
        </div>
      )}
      <TextField
        label="Title"
        autoComplete="off"
        maxLength={200}
        value={called}
        error={tried && called.trim() === '' ? 'The one-pager needs a title.' : undefined}
        onChange={(event) => setCalled(event.target.value)}
      />
      <div className="acts">
        <Button small tone="primary" type="submit" busy={desk.acts.busy === 'vendor' ? 'Saving…' : false}>
          Save
        </Button>
        <Button small tone="quiet" hint="esc" onClick={() => desk.edit(undefined)}>
          Leave
        </Button>
      </div>
    </form>
  );
}

/** The vendor, as the register calls it: one of the parties, or what a person writes. */
export function VendorRow({ desk }: { desk: Desk }) {
  const { vendor, title, fields } = desk.review.draft;
  const now = desk.at === 'vendor';
  const missing = vendor === '';
  const names = fields.parties.value?.is === 'parties' ? fields.parties.value.names : [];
  return (
    <section
      className={`point fld${now ? ' now' : ''}${missing ? ' waits' : ''}`}
      data-row="vendor"
      aria-label="Vendor"
      onClick={() => (now ? undefined : desk.focus('vendor'))}
    >
      <RowName spot="vendor" desk={desk}>
        Vendor
      </RowName>
      <span className="v">{missing ? 'No name yet' : vendor}</span>
      {missing ? <StateMark state="open">Not settled</StateMark> : <span />}
      <span />
      {now ? (
        <div className="more">
          {desk.editing === 'vendor' ? (
            <Form desk={desk} />
          ) : (
            <>
              <p className="sm dim">Title: {title}</p>
              {desk.mayAct ? (
                <div className="acts">
                  {missing
                    ? names.map((party) => (
                        <Button
                          small
                          key={party}
                          onClick={() => void desk.acts.save('vendor', [{ op: 'set-vendor', vendor: party }])}
                        >
                          {party}
                        </Button>
                      ))
                    : null}
                  <Button small hint="e" aria-label="Edit vendor and title" onClick={() => desk.edit('vendor')}>
                    {missing ? 'Write it' : 'Edit'}
                  </Button>
                </div>
              ) : null}
            </>
          )}
          <Refusal spot="vendor" desk={desk} />
        </div>
      ) : null}
    </section>
  );
}
