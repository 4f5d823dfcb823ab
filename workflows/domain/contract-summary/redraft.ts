import { fieldKeys, type Contract, type FieldKey } from './schema.js';

/** The parts that changes can be asked of. */
export function contractParts(): string[] {
  return ['title', 'vendor', ...fieldKeys, 'unusual'];
}

/**
 * A redraft on top of the version before it: what a person settled stays, and what was not asked about stays as it was.
 * `about` null means that all of it was asked about.
 */
export function mergeContract(previous: Contract, drafted: Contract, about: readonly string[] | null): Contract {
  const asked = (part: string) => about === null || about.includes(part);
  const pick = (key: FieldKey) =>
    previous.fields[key].by === 'person' || !asked(key) ? previous.fields[key] : drafted.fields[key];
  const fields = Object.fromEntries(fieldKeys.map((key) => [key, pick(key)]));
  const own = previous.unusual.filter(({ by }) => by === 'person');
  const others = drafted.unusual.filter(
    ({ id, quote }) => !own.some((one) => one.id === id || one.quote.text === quote.text),
  );
  return {
    ...drafted,
    title: previous.title,
    vendor: previous.vendor === '' ? drafted.vendor : previous.vendor,
    fields: { ...drafted.fields, ...fields },
    unusual: asked('unusual') ? [...own, ...others].slice(0, 40) : previous.unusual,
    omitted: asked('unusual') ? drafted.omitted : previous.omitted,
  };
}
