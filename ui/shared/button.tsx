import type { ComponentPropsWithRef, ReactNode } from 'react';

export type ButtonTone = 'plain' | 'primary' | 'quiet' | 'wait';

type Look = { tone?: ButtonTone | undefined; small?: boolean | undefined; icon?: boolean | undefined };

/** Class names of a button, for links that look like one. */
export function buttonClass({ tone = 'plain', small, icon }: Look = {}, more?: string): string {
  return ['btn', tone === 'plain' ? '' : tone, small ? 'small' : '', icon ? 'icon' : '', more ?? '']
    .filter(Boolean)
    .join(' ');
}

type ButtonProps = Omit<ComponentPropsWithRef<'button'>, 'children'> &
  Look & {
    children: ReactNode;
    /** The key that does the same, shown in the button. */
    hint?: string;
    /** What is going on, while it is: "Publishing…". Keeps the button's width and takes no second press. */
    busy?: string | false | undefined;
  };

/** The one button. `busy` keeps it focusable and says what it does meanwhile. */
export function Button({ tone, small, icon, hint, busy, children, className, onClick, type, ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type ?? 'button'}
      className={buttonClass({ tone, small, icon }, className)}
      aria-busy={busy ? true : undefined}
      aria-disabled={busy ? true : undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {busy ? (
        <span className="swap">
          <span aria-hidden="true">{children}</span>
          <span>{busy}</span>
        </span>
      ) : (
        children
      )}
      {hint ? <KeyHint keys={hint} /> : null}
    </button>
  );
}

/** The key in its thin frame. Hidden on touch, and from screen readers: `?` lists the keys. */
export function KeyHint({ keys }: { keys: string }) {
  return <kbd aria-hidden="true">{keys}</kbd>;
}
