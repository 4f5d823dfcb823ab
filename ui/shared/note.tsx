import type { ReactNode } from 'react';
import { Icon, type IconName } from './icons.js';

const icons = {
  plain: 'clock',
  pen: 'done',
  uncertain: 'diamond',
  'not-found': 'struck',
  'kept-human': 'pause',
  drifted: 'wave',
} as const satisfies Record<string, IconName>;

export type NoteTone = keyof typeof icons;

/** A notice in the place it is about: what happened in bold, then what to do. */
export function Note({
  tone = 'plain',
  icon,
  title,
  live,
  children,
}: {
  tone?: NoteTone;
  icon?: IconName;
  title?: ReactNode;
  /** `status` where somebody else caused it, `alert` where this person's act was refused. */
  live?: 'status' | 'alert';
  children?: ReactNode;
}) {
  return (
    <div className={tone === 'plain' ? 'note' : `note ${tone}`} role={live}>
      <Icon name={icon ?? icons[tone]} />
      <div className="words">
        {title ? <b>{title} </b> : null}
        {children}
      </div>
    </div>
  );
}
