import type { SourceAdded } from '../../api/contract/index.js';
import { ApiError, errorFrom } from '../shared/api.js';
import type { GivenKind } from './kinds.js';

/** Sends a file as it is; `progress` hears the share sent. fetch cannot tell how far an upload is, so this is XHR. */
export function uploadFile(
  file: File,
  kind: GivenKind,
  progress: (share: number) => void,
  signal: AbortSignal,
): Promise<SourceAdded> {
  return new Promise((resolve, reject) => {
    const form = new FormData();
    // The kind goes first: the server knows the limit before the bytes come.
    form.append('kind', kind);
    form.append('file', file, file.name);
    const request = new XMLHttpRequest();
    request.open('POST', '/api/sources');
    request.responseType = 'json';
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    });
    request.addEventListener('load', () => {
      if (request.status === 201) resolve(request.response);
      else reject(errorFrom(request.status, request.response));
    });
    request.addEventListener('error', () =>
      reject(new ApiError('offline', 'The server does not answer. The file was not sent.', 0)),
    );
    request.addEventListener('abort', () => reject(new DOMException('Taken out', 'AbortError')));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(form);
  });
}
