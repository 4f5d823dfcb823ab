import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { PublishedDetail } from '../../api/contract/index.js';
import { newUuid } from '../run-through/new-uuid.js';
import { versionQuery } from '../review/versions.js';
import { ask, sentenceOf } from '../shared/api.js';
import { Button } from '../shared/button.js';
import { when } from '../shared/dates.js';
import { VerbDialog } from '../shared/dialog.js';
import { TextArea } from '../shared/field.js';
import { isSop } from '../shared/drafts.js';
import { Note } from '../shared/note.js';
import { useMay } from '../shared/queries.js';

const most = 1000;

function ReportDialog({ item, open, onClose }: { item: PublishedDetail; open: boolean; onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const may = useMay('operator');
  const { data } = useQuery({ ...versionQuery(item.runId, item.draftVersion), enabled: open });
  const steps = data !== undefined && isSop(data.draft) ? data.draft.steps : [];
  const [words, setWords] = useState('');
  const [step, setStep] = useState('');
  const [empty, setEmpty] = useState(false);
  // One id for one report: pressed twice, it is the same.
  const [report, setReport] = useState(newUuid);
  const send = useMutation({
    mutationFn: () =>
      ask('post /api/published/{id}/reports', {
        params: { id: item.publicationId },
        body: { report, words: words.trim(), ...(step === '' ? {} : { step }) },
      }),
    onSuccess: async ({ opened, run }) => {
      setWords('');
      setStep('');
      setReport(newUuid());
      onClose();
      await client.invalidateQueries();
      if (opened) await navigate({ to: '/runs/$id', params: { id: run } });
    },
  });
  return (
    <VerbDialog
      verb="Report a problem"
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      description={
        may
          ? 'It opens the next version, which starts from these words. What is published stays until that one is approved.'
          : 'Whoever works on it is told, and reads these words here. What is published stays as it is.'
      }
      busy={send.isPending ? 'Reporting…' : false}
      onSubmit={() => {
        if (words.trim() === '') setEmpty(true);
        else if (!send.isPending) send.mutate();
      }}
    >
      <TextArea
        label="What is wrong with it?"
        rows={4}
        maxLength={most}
        value={words}
        error={empty && words.trim() === '' ? 'Write a sentence. It stands on the record.' : undefined}
        onChange={(event) => setWords(event.target.value)}
      />
      {steps.length === 0 ? null : (
        <div className="field">
          <label className="l" htmlFor="report-step">
            Which step?<span className="faint"> optional</span>
          </label>
          <select className="input" id="report-step" value={step} onChange={(event) => setStep(event.target.value)}>
            <option value="">All of it, or none in particular</option>
            {steps.map((one, index) => (
              <option key={one.id} value={one.id}>
                {`${String(index + 1)}. ${one.action.slice(0, 70)}`}
              </option>
            ))}
          </select>
        </div>
      )}
      {send.isError ? (
        <Note tone="not-found" live="alert" title="Not reported.">
          {sentenceOf(send.error)}
        </Note>
      ) : null}
    </VerbDialog>
  );
}

function OpenRepair({ item, words }: { item: PublishedDetail; words: string }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const open = useMutation({
    mutationFn: () => ask('post /api/runs/{id}/repair', { params: { id: item.runId }, body: { reason: words } }),
    onSuccess: async () => {
      await client.invalidateQueries();
      await navigate({ to: '/runs/$id', params: { id: item.runId } });
    },
  });
  return (
    <>
      <p className="row">
        <Button small busy={open.isPending ? 'Opening…' : false} onClick={() => open.mutate()}>
          Open the next version with these words
        </Button>
      </p>
      {open.isError ? <p className="sm err">{sentenceOf(open.error)}</p> : null}
    </>
  );
}

/** What readers said is wrong with it, and where to say so. */
export function Reports({ item }: { item: PublishedDetail }) {
  const may = useMay('operator');
  const [open, setOpen] = useState(false);
  const waiting = item.reports.filter((report) => !report.answered);
  return (
    <section>
      <h2>Something wrong with it?</h2>
      {waiting.map((report) => (
        <blockquote className="report sm" key={report.id}>
          <p>{report.words === '' ? 'The words were erased.' : report.words}</p>
          <p className="faint">
            {report.by.name}, {when(report.at)}, on version {report.version}
          </p>
        </blockquote>
      ))}
      {waiting.length > 0 && may ? (
        <OpenRepair
          item={item}
          words={
            waiting
              .map((report) => report.words)
              .join('\n')
              .slice(0, 2000)
              .trim() || 'A reported problem.'
          }
        />
      ) : null}
      <p className="sm dim">
        {waiting.length > 0 && !may
          ? 'Whoever may open the next version has been told.'
          : 'What is published stays until a new version is approved.'}
      </p>
      <p className="row noprint">
        <Button small onClick={() => setOpen(true)}>
          Report a problem
        </Button>
      </p>
      <ReportDialog item={item} open={open} onClose={() => setOpen(false)} />
    </section>
  );
}
