import { useId, type ComponentPropsWithRef, type ReactNode } from 'react';
import { Icon } from './icons.js';

type Shown = {
  label: ReactNode;
  /** Under the field: what is expected, or what was understood. */
  hint?: ReactNode;
  /** One sentence that says what to do. Set it on leaving the field, never while typing. */
  error?: string | undefined;
  optional?: boolean;
};

/** The sentence under a field that is wrong. */
export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p className="err" id={id} role="alert">
      <Icon name="struck" />
      <span>{children}</span>
    </p>
  );
}

function useWiring(error: string | undefined, hint: ReactNode) {
  const id = useId();
  const describedBy = [error ? `${id}-error` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ') || undefined;
  return { id, control: { id, 'aria-invalid': error ? true : undefined, 'aria-describedby': describedBy } };
}

function Around({ id, label, hint, error, optional, children }: Shown & { id: string; children: ReactNode }) {
  return (
    <div className="field">
      <label className="l" htmlFor={id}>
        {label}
        {optional ? <span className="faint"> optional</span> : null}
      </label>
      {children}
      {error ? <FieldError id={`${id}-error`}>{error}</FieldError> : null}
      {hint ? (
        <p className="lab hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
    </div>
  );
}

/** One line of text with its label above it. */
export function TextField({
  label,
  hint,
  error,
  optional,
  className,
  ...input
}: Shown & ComponentPropsWithRef<'input'>) {
  const { id, control } = useWiring(error, hint);
  return (
    <Around {...{ id, label, hint, error, optional: optional ?? false }}>
      <input {...input} {...control} className={`input${error ? ' bad' : ''}${className ? ` ${className}` : ''}`} />
    </Around>
  );
}

/** Several lines of text. */
export function TextArea({
  label,
  hint,
  error,
  optional,
  className,
  ...area
}: Shown & ComponentPropsWithRef<'textarea'>) {
  const { id, control } = useWiring(error, hint);
  return (
    <Around {...{ id, label, hint, error, optional: optional ?? false }}>
      <textarea
        rows={4}
        {...area}
        {...control}
        className={`input${error ? ' bad' : ''}${className ? ` ${className}` : ''}`}
      />
    </Around>
  );
}

/** One of a few, as the system's own list: it works with every keyboard and on every phone. */
export function SelectField({
  label,
  hint,
  error,
  optional,
  options,
  ...select
}: Shown & ComponentPropsWithRef<'select'> & { options: readonly { value: string; label: string }[] }) {
  const { id, control } = useWiring(error, hint);
  return (
    <Around {...{ id, label, hint, error, optional: optional ?? false }}>
      <span className="select">
        <select {...select} {...control} className={`input${error ? ' bad' : ''}`}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon name="down" />
      </span>
    </Around>
  );
}
