import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { KeyScope } from '../../workflows/domain/roles.js';
import { ask, sentenceOf } from '../shared/api.js';
import { Button } from '../shared/button.js';
import { Dialog, VerbDialog } from '../shared/dialog.js';
import { FieldError, SelectField, TextField } from '../shared/field.js';
import { Note } from '../shared/note.js';
import { scopeWords, usedScopes } from './scope-words.js';
import { ShownOnce } from './shown-once.js';

const lives = [
  { value: '90', label: '90 days' },
  { value: '365', label: 'a year' },
  { value: '', label: 'until revoked' },
];

/** Makes a key; it is shown once. */
export function MakeKey({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly KeyScope[]>(['runs:start']);
  const [days, setDays] = useState('365');
  const [left, setLeft] = useState(false);
  const make = useMutation({
    mutationFn: () =>
      ask('post /api/keys', {
        body: { name: name.trim(), scopes: [...scopes], ...(days ? { expiresInDays: Number(days) } : {}) },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['keys'] }),
  });
  const close = (next: boolean) => {
    onOpenChange(next);
    if (next) return;
    setName('');
    setLeft(false);
    make.reset();
  };
  if (make.data) {
    return (
      <Dialog
        open={open}
        onOpenChange={close}
        title="Keep this key"
        description={`${name.trim()} sends it as “Authorization: Bearer …”. It is shown only now; if it is lost, make another.`}
      >
        <ShownOnce label="Key" value={make.data.key} />
        <div className="row verbs">
          <Button tone="primary" onClick={() => close(false)}>
            Done
          </Button>
        </div>
      </Dialog>
    );
  }
  const toggle = (scope: KeyScope) =>
    setScopes((before) => (before.includes(scope) ? before.filter((one) => one !== scope) : [...before, scope]));
  return (
    <VerbDialog
      verb="Make a key"
      open={open}
      onOpenChange={close}
      busy={make.isPending ? 'Making…' : false}
      onSubmit={() => {
        setLeft(true);
        if (name.trim() && scopes.length > 0) make.mutate();
      }}
    >
      <div className="fields keyform">
        <TextField
          label="Name"
          hint="Of the program that uses it. It stands on the record as the one that started a run."
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={left && !name.trim() ? 'Name the program.' : undefined}
        />
        <fieldset className="choices">
          <legend className="l">It may</legend>
          {usedScopes.map((scope) => (
            <label key={scope} className="choice">
              <input type="checkbox" checked={scopes.includes(scope)} onChange={() => toggle(scope)} />
              <span>
                {scopeWords[scope].name} <small>{scopeWords[scope].may}</small>
              </span>
            </label>
          ))}
          {left && scopes.length === 0 ? <FieldError>Choose at least one.</FieldError> : null}
        </fieldset>
        <SelectField
          label="It works for"
          value={days}
          onChange={(event) => setDays(event.target.value)}
          options={lives}
        />
        {make.error ? (
          <Note tone="not-found" live="alert" title="Not made.">
            {sentenceOf(make.error)}
          </Note>
        ) : null}
      </div>
    </VerbDialog>
  );
}
