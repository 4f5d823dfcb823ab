import { Dialog as Base } from '@base-ui/react/dialog';
import { useRef, type FormEvent, type ReactNode } from 'react';
import { Button } from './button.js';
import { Icon } from './icons.js';
import { isMac } from './platform.js';

type Shell = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children: ReactNode;
  /** `side` slides in from the right and takes the full height; `wide` is for lists, `menu` rises from below on a phone. */
  shape?: 'words' | 'wide' | 'side' | 'menu' | 'palette';
};

/** What floats over the page. Escape cancels, focus stays inside and returns. */
export function Dialog({ open, onOpenChange, title, description, children, shape = 'words' }: Shell) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="scrim" />
        <Base.Popup className={`dialog ${shape}`}>
          <Base.Title className="t2">{title}</Base.Title>
          {shape === 'words' || shape === 'palette' ? null : (
            <Base.Close className="btn quiet small icon close" aria-label="Close">
              <Icon name="close" />
            </Base.Close>
          )}
          {description ? <Base.Description className="sm dim about">{description}</Base.Description> : null}
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** A dialog with a form: the title is the verb and the button repeats it; ⌘↵ does it. */
export function VerbDialog({
  verb,
  open,
  onOpenChange,
  description,
  children,
  busy,
  onSubmit,
  button,
}: Omit<Shell, 'title' | 'shape'> & {
  verb: string;
  busy?: string | false;
  onSubmit: () => void;
  /** Where the button says more than the title. */
  button?: string;
}) {
  const form = useRef<HTMLFormElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) onSubmit();
  };
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={verb} description={description}>
      <form
        ref={form}
        noValidate
        onSubmit={submit}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) form.current?.requestSubmit();
        }}
      >
        {children}
        <div className="row verbs">
          <Button tone="quiet" hint="esc" onClick={() => onOpenChange(false)}>
            Cancel
          </Button>
          <Button tone="primary" type="submit" hint={isMac ? '⌘↵' : 'Ctrl ↵'} busy={busy}>
            {button ?? verb}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
