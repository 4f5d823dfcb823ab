import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Notice } from '../../api/contract/index.js';
import { ask } from '../shared/api.js';
import { when } from '../shared/dates.js';
import { Dialog } from '../shared/dialog.js';
import { Failure } from '../shared/failure.js';
import { Lines } from '../shared/loading.js';
import { useOverlay } from '../shared/overlay.js';
import { useMe } from '../shared/queries.js';
import { wordsOf } from './notice-words.js';

/** What this person was told: reminders, due times, and what others did to their work. */
export function Notices() {
  const [open, setOpen] = useOverlay('notices');
  return (
    <Dialog open={open} onOpenChange={setOpen} title="Notices" shape="side">
      <NoticeList onLeave={() => setOpen(false)} />
    </Dialog>
  );
}

function NoticeList({ onLeave }: { onLeave: () => void }) {
  const client = useQueryClient();
  const { timeZone } = useMe();
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery({
    queryKey: ['notices'],
    queryFn: ({ signal }) => ask('get /api/notices', { signal }),
  });
  const read = useMutation({
    mutationFn: (id: string) => ask('post /api/notices/{id}/read', { params: { id } }),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: ['notices'] });
      await client.invalidateQueries({ queryKey: ['me'] });
    },
  });
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Lines rows={5} />;
  if (data.notices.length === 0) {
    return <p className="dim">No notices. Reminders and what others did to your work appear here.</p>;
  }
  const open = (notice: Notice) => {
    if (!notice.readAt) read.mutate(notice.id);
    const { reviewId, publicationId } = notice.values;
    if (notice.template === 'contract-reminder' && notice.runId)
      void navigate({ to: '/register', search: { at: notice.runId } });
    else if (typeof publicationId === 'string') void navigate({ to: '/published/$id', params: { id: publicationId } });
    else if (typeof reviewId === 'string') void navigate({ to: '/reviews/$id', params: { id: reviewId } });
    else if (notice.runId) void navigate({ to: '/runs/$id', params: { id: notice.runId } });
    else return;
    onLeave();
  };
  return (
    <ul className="notices">
      {data.notices.map((notice) => (
        <li key={notice.id} className={notice.readAt ? 'read' : undefined}>
          <button type="button" onClick={() => open(notice)}>
            <span>
              {notice.readAt ? null : <span className="vh">New: </span>}
              <b>{wordsOf(notice, timeZone)?.title ?? 'Something about one of your runs changed'}</b>
            </span>
            <span className="sm">{wordsOf(notice, timeZone)?.text ?? 'Open it to see what.'}</span>
            <time className="faint sm" dateTime={notice.createdAt}>
              {when(notice.createdAt)}
            </time>
          </button>
        </li>
      ))}
    </ul>
  );
}
