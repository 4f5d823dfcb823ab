import { ApiError, sentenceOf } from './api.js';
import { Button } from './button.js';
import { Note } from './note.js';

/** What a page shows where its answer did not come: the sentence, and a way on. */
export function Failure({ error, retry, what }: { error: unknown; retry?: () => void; what?: string }) {
  const api = error instanceof ApiError ? error : undefined;
  return (
    <Note
      tone="not-found"
      live="alert"
      title={what ?? (api?.code === 'not_found' ? 'Not here.' : 'This did not load.')}
    >
      {sentenceOf(error)}
      {api && api.status >= 500 && api.requestId ? <span className="fp"> Request {api.requestId}</span> : null}
      {retry && api?.code !== 'not_found' && api?.code !== 'not_permitted' ? (
        <div className="act">
          <Button small onClick={retry}>
            Try again
          </Button>
        </div>
      ) : null}
    </Note>
  );
}
