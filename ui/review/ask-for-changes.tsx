import { useMemo, useState } from 'react';
import type { ReviewDetail } from '../../api/contract/index.js';
import type { AskedDrafter } from '../../workflows/domain/drafters.js';
import { DrafterField, useAsked } from '../shared/drafter-field.js';
import { trackPages } from '../tracks/index.js';
import { AskedParts } from './asked-parts.js';
import { ReasonDialog } from './reason-dialog.js';
import type { Decide } from './use-decide.js';

/** What should be different, in which parts, and who drafts it. */
export function AskForChanges(props: { review: ReviewDetail; decide: Decide; open: boolean; onClose: () => void }) {
  const { review, decide, open, onClose } = props;
  const [about, setAbout] = useState<readonly string[]>([]);
  const [chosen, choose] = useState<AskedDrafter>();
  const { value, usesModel } = useAsked(chosen ?? review.run.drafter);
  const parts = useMemo(() => trackPages[review.track].parts(review.draft), [review]);
  return (
    <ReasonDialog
      verb="Ask for changes"
      label="What should be different?"
      description={
        usesModel
          ? 'It is drafted again with your words, which stay on the record. What people wrote in the draft stays as it is.'
          : 'Without a model the words cannot be followed: the next version is this one again, for you to edit. Your words stay on the record.'
      }
      busyWords="Asking…"
      open={open}
      onClose={onClose}
      onDo={async (reason) => {
        await decide.withReason('request-changes', reason, {
          ...(about.length > 0 ? { about: [...about] } : {}),
          ...(value === review.run.drafter ? {} : { drafter: value }),
        });
        setAbout([]);
        choose(undefined);
      }}
    >
      <DrafterField value={value} onChange={choose} />
      <AskedParts parts={parts} about={about} onAbout={setAbout} />
    </ReasonDialog>
  );
}
