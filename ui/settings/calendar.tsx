import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, sentenceOf } from '../shared/api.js';
import { Button } from '../shared/button.js';
import { dayAndYear } from '../shared/dates.js';
import { Failure } from '../shared/failure.js';
import { Note } from '../shared/note.js';
import { ShownOnce } from './shown-once.js';

/** One's own secret address of the last safe days, for a calendar to read. */
export function CalendarLink() {
  const client = useQueryClient();
  const key = ['calendar-link'];
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ask('get /api/me/calendar-link', { signal }),
  });
  const settle = async () => {
    await client.invalidateQueries({ queryKey: key });
    await client.invalidateQueries({ queryKey: ['members'] });
  };
  const make = useMutation({ mutationFn: () => ask('post /api/me/calendar-link', { body: {} }), onSettled: settle });
  const revoke = useMutation({
    mutationFn: () => ask('post /api/me/calendar-link/revoke', { body: {} }),
    onSuccess: () => make.reset(),
    onSettled: settle,
  });
  const trouble = make.error ?? revoke.error;
  const madeAt = data?.madeAt ?? null;
  return (
    <>
      <h3>Last safe days in your calendar</h3>
      <p className="dim">
        Your calendar can read the last safe days of all published contracts from a secret link. Whoever has the link
        can read them too: give it to nobody, and revoke it here if it got about.
      </p>
      {error && !data ? <Failure error={error} retry={() => void refetch()} /> : null}
      {make.data ? (
        <div className="calendarlink">
          <ShownOnce label="Calendar link" value={make.data.link} />
          <p className="sm dim hint">
            It is shown only now. Add it in your calendar under “from a link” or “subscribe”; if it is lost, make
            another.
          </p>
        </div>
      ) : null}
      {trouble ? (
        <Note tone="not-found" live="alert" title="Not done.">
          {sentenceOf(trouble)}
        </Note>
      ) : null}
      {data ? (
        <div className="row calendarlink">
          <p className="sp">{madeAt === null ? 'You have no link.' : `A link made on ${dayAndYear(madeAt)} works.`}</p>
          {madeAt === null ? null : (
            <Button busy={revoke.isPending ? 'Revoking…' : false} onClick={() => revoke.mutate()}>
              Revoke the link
            </Button>
          )}
          <Button busy={make.isPending ? 'Making…' : false} onClick={() => make.mutate()}>
            {madeAt === null ? 'Make a link' : 'Replace it by a new one'}
          </Button>
        </div>
      ) : null}
    </>
  );
}
