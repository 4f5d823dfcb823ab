import { useState } from 'react';
import type { SourceWithReading } from '../../../api/contract/index.js';
import type { Sop } from '../../../workflows/domain/sop-drafting/schema.js';
import { Dialog } from '../../shared/dialog.js';

/** The screenshots as thumbnails. One that a step shows leads to that step; every one opens large. */
export function Shots(props: {
  shots: readonly SourceWithReading[];
  sop: Sop;
  at: string | undefined;
  onPlace: (id: string) => void;
}) {
  const { shots, sop, at, onPlace } = props;
  const [large, setLarge] = useState<SourceWithReading>();
  if (shots.length === 0) return null;
  return (
    <ul className="thumbs" aria-label="Screenshots">
      {shots.map((shot, index) => {
        const step = sop.steps.findIndex((item) => item.screenshot === shot.id);
        const id = sop.steps[step]?.id;
        const name = `Screenshot ${String(index + 1)}`;
        return (
          <li key={shot.id} className={id !== undefined && id === at ? 'on' : undefined}>
            <button
              aria-label={`${name}, open large`}
              onClick={() => {
                if (id !== undefined) onPlace(id);
                setLarge(shot);
              }}
            >
              {shot.url ? <img src={shot.url} alt="" loading="lazy" /> : <span className="gone">erased</span>}
            </button>
            <small>{step >= 0 ? `Step ${String(step + 1)}` : 'no step'}</small>
          </li>
        );
      })}
      <Dialog
        open={large !== undefined}
        onOpenChange={(open) => {
          if (!open) setLarge(undefined);
        }}
        title={large?.name ?? 'Screenshot'}
        shape="wide"
      >
        {large?.url ? <img className="large" src={large.url} alt={large.name} /> : null}
      </Dialog>
    </ul>
  );
}
