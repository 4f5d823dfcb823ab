import type { AskedDrafter } from '../../workflows/domain/drafters.js';
import { SelectField } from './field.js';
import { useMe } from './queries.js';

/** The drafter that somebody asked for as this server has it: the usual one is `default`, and so is one that is gone. */
export function useAsked(asked: AskedDrafter) {
  const { name: usual, choices } = useMe().features.drafter;
  const named = asked === 'default' ? usual : asked;
  const there = choices.some((one) => one.name === named) ? named : usual;
  return { value: there === usual ? ('default' as const) : there, usesModel: there !== 'rules' };
}

/** Which drafter, by name. Nothing to choose where one alone is set up. */
export function DrafterField(props: { value: AskedDrafter; onChange: (drafter: AskedDrafter) => void }) {
  const { name: usual, choices } = useMe().features.drafter;
  if (choices.length < 2) return null;
  const options = choices.map(({ name, label }) =>
    name === usual ? { value: 'default' as const, label: `${label}, as usual` } : { value: name, label },
  );
  return (
    <SelectField
      label="Drafted by"
      hint="The draft says who wrote it."
      options={options}
      value={props.value}
      onChange={(event) => {
        const chosen = options.find((one) => one.value === event.target.value);
        if (chosen) props.onChange(chosen.value);
      }}
    />
  );
}
