import { createTransport } from 'nodemailer';

export type Mail = { to: { name: string; address: string }; subject: string; text: string };

/** Sends one mail, or throws. */
export type Mailer = { send(mail: Mail): Promise<void>; close(): void };

/** Mail over the server at `smtpUrl`; the sender is its `from` parameter, or the address that it signs in with. */
export function smtpMailer(smtpUrl: string): Mailer {
  const url = new URL(smtpUrl);
  const from = url.searchParams.get('from') ?? senderOf(url);
  url.searchParams.delete('from');
  const transport = createTransport({
    url: url.href,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
  });
  return {
    async send({ to, subject, text }) {
      await transport.sendMail({ from: { name: 'Countersign', address: from }, to, subject, text });
    },
    close: () => transport.close(),
  };
}

function senderOf(url: URL): string {
  const user = decodeURIComponent(url.username);
  return user.includes('@') ? user : `countersign@${url.hostname}`;
}
