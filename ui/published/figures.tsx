import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import './published.css';
import type { SopFigures } from '../../api/contract/index.js';
import { newUuid } from '../run-through/new-uuid.js';
import { ask, sentenceOf } from '../shared/api.js';
import { Button } from '../shared/button.js';
import { dayAndYear } from '../shared/dates.js';
import { drafterTitle } from '../shared/drafter-words.js';
import { Failure } from '../shared/failure.js';
import { TextField } from '../shared/field.js';
import { Lines } from '../shared/loading.js';
import { Note } from '../shared/note.js';
import { HousePage } from '../shared/page.js';
import { useMay } from '../shared/queries.js';
import { count } from '../shared/words.js';

/** `12 min`, `3 h`, `2 days`: no finer than the number is sure. */
function span(minutes: number): string {
  if (minutes < 90) return `${String(Math.round(minutes))} min`;
  if (minutes < 36 * 60) return `${String(Math.round(minutes / 60))} h`;
  return `${String(Math.round(minutes / 1440))} days`;
}

const middle = ({ n, medianMinutes }: SopFigures['elapsed']['made']): string =>
  medianMinutes === undefined ? 'none yet' : `${span(medianMinutes)} (${n === 1 ? 'one SOP' : `of ${String(n)}`})`;

function Compared({ figures }: { figures: SopFigures }) {
  const rows = [
    ['From first upload to published', figures.elapsed],
    ['Work of people', figures.active],
  ] as const;
  return (
    <section className="wideparts">
      <table>
        <caption className="vh">Middle values, here and before</caption>
        <thead>
          <tr>
            <th scope="col">Middle value</th>
            <th scope="col" className="n">
              Here
            </th>
            <th scope="col" className="n">
              Before, as stated
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([label, pair]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td className="n">{middle(pair.made)}</td>
              <td className="n">{middle(pair.earlier)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="sm dim">
        Work of people here is the time between what they did in Countersign, gaps of over 10 minutes left out; reading
        or working elsewhere is not seen. Samples are not counted. A few SOPs make no rule.
      </p>
    </section>
  );
}

function Made({ made }: { made: SopFigures['made'] }) {
  if (made.length === 0)
    return <p className="dim">Nothing is published yet. Each SOP appears here with the time it took.</p>;
  return (
    <section className="wideparts">
      <h2>Each SOP</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">SOP</th>
            <th scope="col">First published</th>
            <th scope="col" className="n">
              Elapsed
            </th>
            <th scope="col" className="n">
              Active
            </th>
          </tr>
        </thead>
        <tbody>
          {made.map((one) => (
            <tr key={one.runId}>
              <td>
                <Link className="link" to="/published/$id" params={{ id: one.publicationId }}>
                  {one.title}
                </Link>
              </td>
              <td>{dayAndYear(one.publishedAt)}</td>
              <td className="n">{span(one.elapsedMinutes)}</td>
              <td className="n">{span(one.activeMinutes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Kept({ kept }: { kept: SopFigures['kept'] }) {
  if (kept.length === 0) return null;
  return (
    <section>
      <h2>How much of a draft stays</h2>
      <ul>
        {kept.map((one) => (
          <li key={`${one.drafter} ${one.promptVersion ?? ''}`}>
            {one.drafter === 'rules' ? 'Rules' : drafterTitle(one.drafter)}
            {one.promptVersion === null
              ? ''
              : `, ${one.drafter === 'rules' ? '' : 'prompt '}${one.promptVersion}`}: {Math.floor(one.median * 100)} %
            of the words, middle of {count(one.n, 'published version')}, {one.whole} unchanged
          </li>
        ))}
      </ul>
      <p className="sm dim">Words of the drafter's last draft that stand, in order, in the version approved.</p>
    </section>
  );
}

function EarlierForm() {
  const client = useQueryClient();
  const [id, setId] = useState(newUuid);
  const [title, setTitle] = useState('');
  const [hours, setHours] = useState('');
  const [active, setActive] = useState('');
  const minutes = (text: string) => Math.round(Number(text.replace(',', '.')) * 60);
  const add = useMutation({
    mutationFn: () =>
      ask('post /api/earlier-sops', {
        body: {
          ...{ id, title: title.trim(), elapsedMinutes: minutes(hours) },
          ...(active.trim() === '' ? {} : { activeMinutes: minutes(active) }),
        },
      }),
    onSuccess: async () => {
      setId(newUuid());
      setTitle('');
      setHours('');
      setActive('');
      await client.invalidateQueries({ queryKey: ['sop-figures'] });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!add.isPending) add.mutate();
      }}
    >
      <TextField label="Title" required maxLength={200} value={title} onChange={(e) => setTitle(e.target.value)} />
      <TextField
        label="Hours from the first notes to published"
        hint="Nights and weekends count: two days are 48."
        required
        inputMode="decimal"
        value={hours}
        onChange={(e) => setHours(e.target.value)}
      />
      <TextField
        label="Hours of work in that"
        optional
        inputMode="decimal"
        value={active}
        onChange={(e) => setActive(e.target.value)}
      />
      {add.isError ? (
        <Note tone="not-found" live="alert" title="Not entered.">
          {sentenceOf(add.error)}
        </Note>
      ) : null}
      <p className="row">
        <Button type="submit" busy={add.isPending ? 'Entering…' : false}>
          Enter an earlier SOP
        </Button>
      </p>
    </form>
  );
}

function Earlier({ earlier }: { earlier: SopFigures['earlier'] }) {
  const client = useQueryClient();
  const may = useMay('operator');
  const remove = useMutation({
    mutationFn: (id: string) => ask('post /api/earlier-sops/{id}/remove', { params: { id } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['sop-figures'] }),
  });
  return (
    <section>
      <h2>SOPs from before</h2>
      {earlier.length === 0 ? (
        <p className="dim">None entered. Without them there is nothing to compare with.</p>
      ) : (
        <ul>
          {earlier.map((one) => (
            <li key={one.id}>
              {one.title}: {span(one.elapsedMinutes)}
              {one.activeMinutes === undefined ? '' : `, ${span(one.activeMinutes)} of work`}, stated by{' '}
              {one.enteredBy.name}{' '}
              {may ? (
                <Button small aria-label={`Remove ${one.title}`} onClick={() => remove.mutate(one.id)}>
                  Remove
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {may ? <EarlierForm /> : null}
    </section>
  );
}

/** How long SOPs take here, beside those from before, and how much of a draft stays. */
export function FiguresPage() {
  const { data, error, refetch } = useQuery({
    queryKey: ['sop-figures'],
    queryFn: ({ signal }) => ask('get /api/sop-figures', { signal }),
  });
  return (
    <HousePage title="How long SOPs take" about={data ? `${count(data.made.length, 'SOP')} published here` : undefined}>
      <div className="body pad">
        {error ? (
          <Failure error={error} retry={() => void refetch()} />
        ) : data ? (
          <div className="figures">
            <Compared figures={data} />
            <Made made={data.made} />
            <Kept kept={data.kept} />
            <Earlier earlier={data.earlier} />
          </div>
        ) : (
          <Lines rows={9} />
        )}
      </div>
    </HousePage>
  );
}
