import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ask, sentenceOf } from '../shared/api.js';
import { Button } from '../shared/button.js';
import { dayAndYear } from '../shared/dates.js';
import { SelectField, TextField } from '../shared/field.js';
import { Note } from '../shared/note.js';
import { useActiveMembers, useMe } from '../shared/queries.js';

const isoDay = (moment: Date) => {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
};

/** Who stands in while this person is away: gets the notices, and decides in their own name and role. */
export function Away() {
  const me = useMe();
  const client = useQueryClient();
  const others = useActiveMembers().filter((member) => member.id !== me.person.id);
  const [person, setPerson] = useState('');
  const [until, setUntil] = useState('');
  const [left, setLeft] = useState(false);
  const set = useMutation({
    mutationFn: (body: { person: string | null; until: string | null }) => ask('put /api/me/deputy', { body }),
    onSuccess: async () => {
      setLeft(false);
      await client.invalidateQueries({ queryKey: ['me'] });
      await client.invalidateQueries({ queryKey: ['members'] });
    },
  });
  const away = me.deputy && me.awayUntil && Date.parse(me.awayUntil) > Date.now();
  const wrong = {
    person: person ? undefined : 'Choose who stands in.',
    until: until && until >= isoDay(new Date()) ? undefined : 'Choose the last day you are away.',
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setLeft(true);
    if (!wrong.person && !wrong.until) set.mutate({ person, until: new Date(`${until}T23:59:59`).toISOString() });
  };
  return (
    <>
      <h3>Away</h3>
      {away && me.deputy && me.awayUntil ? (
        <div className="row">
          <p className="sp">
            Until {dayAndYear(me.awayUntil)} <b>{me.deputy.name}</b> stands in for you.
          </p>
          <Button busy={set.isPending ? 'Ending…' : false} onClick={() => set.mutate({ person: null, until: null })}>
            I am back
          </Button>
        </div>
      ) : others.length === 0 ? (
        <p className="dim">Once a second person is here, somebody can stand in for you.</p>
      ) : (
        <form className="fields" noValidate onSubmit={submit}>
          <p className="dim">Your notices go to them as well. They decide in their own name, never in yours.</p>
          <div className="three">
            <SelectField
              label="Stands in"
              value={person}
              onChange={(event) => setPerson(event.target.value)}
              error={left ? wrong.person : undefined}
              options={[
                { value: '', label: 'Choose' },
                ...others.map((member) => ({ value: member.id, label: member.name })),
              ]}
            />
            <TextField
              label="Until"
              type="date"
              min={isoDay(new Date())}
              value={until}
              onChange={(event) => setUntil(event.target.value)}
              error={left ? wrong.until : undefined}
            />
          </div>
          <div className="row">
            <Button type="submit" busy={set.isPending ? 'Saving…' : false}>
              Set me away
            </Button>
          </div>
        </form>
      )}
      {set.error ? (
        <Note tone="not-found" live="alert" title="Not saved.">
          {sentenceOf(set.error)}
        </Note>
      ) : null}
    </>
  );
}
