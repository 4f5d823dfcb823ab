import { markMailed, takeMail } from '../../db/commands/notices.js';
import { unmailedNotices } from '../../db/queries/recipients.js';
import type { Db } from '../../db/connect.js';
import { noticePath, noticeTemplates, noticeValuesSchema, noticeWords } from '../../workflows/domain/notices.js';
import type { Mailer } from './mailer.js';

type MailDeps = { db: Db; mailer?: Mailer; publicUrl: string; timeZone: string };

/**
 * Mails the notices of a run that were not mailed yet, each at most once: it is taken before it is sent,
 * so that a try cut short is not repeated and two at once do not both send it. What the mail server refused is on the notice, not tried again.
 */
export async function mailNotices({ db, mailer, publicUrl, timeZone }: MailDeps, run: string): Promise<void> {
  if (mailer === undefined) return;
  for (const notice of await unmailedNotices(db, run)) {
    const template = noticeTemplates.find((name) => name === notice.template);
    const values = noticeValuesSchema.safeParse(notice.values);
    if (template === undefined || !values.success) continue;
    const { title, text } = noticeWords(template, values.data, timeZone);
    const { taken } = await takeMail(db, { id: notice.id, trouble: 'It is not known whether this mail left.' });
    if (!taken) continue;
    const trouble = await mailer
      .send({
        to: { name: notice.name, address: notice.email },
        subject: title,
        text: `${text}\n\n${publicUrl.replace(/\/+$/, '')}${noticePath(template, run)}\n`,
      })
      .then(() => null, refusedBy);
    await markMailed(db, { id: notice.id, trouble });
  }
}

function refusedBy(error: unknown): string {
  const code = error instanceof Error && 'responseCode' in error ? ` (${String(error.responseCode)})` : '';
  return `The mail server did not take it${code}.`;
}
