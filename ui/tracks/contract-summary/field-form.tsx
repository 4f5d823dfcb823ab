import { useState } from 'react';
import type { ContractEdit } from '../../../workflows/domain/contract-summary/edits.js';
import {
  fieldNames,
  fieldValues,
  placedQuotes,
  type ContractField,
  type FieldKey,
} from '../../../workflows/domain/contract-summary/schema.js';
import { Button } from '../../shared/button.js';
import { SelectField, TextArea, TextField } from '../../shared/field.js';
import { useKeys } from '../../shared/keys.js';
import { modKey } from '../../shared/platform.js';
import { Quote } from './quote.js';
import { emptyOf, proposed, typedOf, understood, type Typed } from './typed.js';
import type { Desk, MarkedWords } from './use-desk.js';

const kindWords: Record<string, string> = {
  renewalDay: 'A day',
  term: 'A fixed term',
  perpetual: 'No fixed end',
  money: 'A sum',
  words: 'In words',
};

const sameWords = [
  { value: 'at least', label: 'at least' },
  { value: 'more than', label: 'more than' },
];
const units = ['calendar-days', 'business-days', 'weeks', 'months', 'years'].map((value) => ({
  value,
  label: value.replace('-', ' '),
}));
const anchors = [
  { value: 'end-of-term', label: 'the term ends on this day' },
  { value: 'renewal-date', label: 'the next term begins on this day' },
];
const yesNo = [
  { value: 'yes', label: 'it renews by itself' },
  { value: 'no', label: 'it does not renew by itself' },
];

type BoxesProps = { typed: Typed; wrong: (box: string) => string | undefined; set: (box: string, to: string) => void };

/** The boxes for one kind of value. */
function Boxes({ typed, wrong, set }: BoxesProps) {
  const box = (name: string) => ({
    value: typed[name] ?? '',
    error: wrong(name),
    onChange: (event: { target: { value: string } }) => set(name, event.target.value),
  });
  switch (typed.is) {
    case 'parties':
      return <TextArea label="Parties" hint="One a line." rows={3} {...box('names')} />;
    case 'date':
      return <TextField label="Day" autoComplete="off" {...box('day')} />;
    case 'renewal-day':
      return (
        <div className="pair">
          <TextField label="Day" autoComplete="off" {...box('day')} />
          <SelectField label="What happens then" options={anchors} {...box('anchor')} />
        </div>
      );
    case 'term':
      return (
        <div className="pair">
          <TextField label="How long" optional autoComplete="off" {...box('length')} />
          <TextField label="Until" optional autoComplete="off" {...box('ends')} />
        </div>
      );
    case 'renewal':
      return (
        <div className="pair">
          <SelectField label="At the end of the term" options={yesNo} {...box('automatic')} />
          {typed['automatic'] === 'no' ? null : (
            <TextField label="For how long each time" optional autoComplete="off" {...box('each')} />
          )}
        </div>
      );
    case 'window':
      return (
        <div className="pair three">
          <SelectField label="How" options={sameWords} {...box('strictly')} />
          <TextField label="How many" inputMode="numeric" autoComplete="off" {...box('count')} />
          <SelectField label="Of what" options={units} {...box('unit')} />
        </div>
      );
    case 'money':
      return (
        <div className="pair">
          <TextField label="Sum" inputMode="decimal" autoComplete="off" {...box('amount')} />
          <TextField label="Currency" autoComplete="off" maxLength={3} {...box('currency')} />
        </div>
      );
    case 'words':
      return <TextArea label="What it says" rows={4} maxLength={1000} {...box('text')} />;
    case 'perpetual':
      return null;
  }
}

/** A small form for one point: the value as a person types it, what was understood, and the words that it rests on. */
export function FieldForm({ field, at, desk }: { field: FieldKey; at: ContractField; desk: Desk }) {
  const spot = `field:${field}`;
  const { marked } = desk;
  const [typed, setTyped] = useState<Typed>(() => typedOf(field, at.value));
  const [taken, setTaken] = useState<MarkedWords>();
  const [left, setLeft] = useState(false);
  const found = understood(typed);
  const wrong = (box: string) => (left && !found.ok && found.box === box ? found.why : undefined);
  const kinds = fieldValues[field];
  const [quote] = placedQuotes(at.quotes);

  const take = (words: MarkedWords) => {
    setTaken(words);
    desk.mark(undefined);
    const value = proposed(field, words.text);
    if (value !== undefined) setTyped(typedOf(field, value));
  };
  const save = async () => {
    setLeft(true);
    if (!found.ok) return;
    const quotes =
      taken === undefined
        ? {}
        : { quotes: [{ source: taken.place.source, from: taken.place.from, to: taken.place.to }] };
    const edits: ContractEdit[] = [{ op: 'set-field', field, value: found.value, ...quotes }];
    if (await desk.acts.save(spot, edits)) desk.edit(undefined);
  };
  useKeys([
    { keys: '$mod+Enter', label: 'save', group: 'Editing', run: () => void save() },
    { keys: '$mod+s', label: 'save', group: 'Editing', hidden: true, run: () => void save() },
  ]);
  return (
    <form
      className="pointform"
      aria-label={`Edit: ${fieldNames[field]}`}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onBlur={() => setLeft(true)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        desk.edit(undefined);
      }}
    >
      {kinds.length > 1 ? (
        <SelectField
          label="Kind"
          value={typed.is === 'renewal-day' ? 'renewalDay' : typed.is}
          options={kinds.map((value) => ({ value, label: kindWords[value] ?? value }))}
          onChange={(event) => {
            const kind = kinds.find((one) => one === event.target.value);
            if (kind !== undefined) setTyped(emptyOf(kind));
          }}
        />
      ) : null}
      <Boxes
        typed={typed}
        wrong={wrong}
        set={(box, to) => {
          setTyped({ ...typed, [box]: to });
        }}
      />
      <p className="lab understood" role="status">
        {found.ok ? `Understood: ${found.words}` : ''}
      </p>
      {taken !== undefined ? (
        <Quote words={taken.text} tone="verified">
          <span className="lab">marked by you, page {taken.place.page}</span>
        </Quote>
      ) : quote === undefined ? (
        <p className="sm dim">It rests on no words yet. Mark them in the document, then use them here.</p>
      ) : (
        <p className="sm dim">It goes on resting on the words of page {quote.page}.</p>
      )}
      <div className="acts">
        <Button
          small
          tone="primary"
          type="submit"
          hint={`${modKey}↵`}
          busy={desk.acts.busy === spot ? 'Saving…' : false}
        >
          Save
        </Button>
        {marked === undefined ? null : (
          <Button small onClick={() => take(marked)}>
            Use the marked words
          </Button>
        )}
        <Button small tone="quiet" hint="esc" onClick={() => desk.edit(undefined)}>
          Leave
        </Button>
      </div>
    </form>
  );
}
