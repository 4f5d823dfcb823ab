/** What a link to a recording says, or one sentence that says what is wrong with it. */
export type RecordingLinkReading = { ok: true; url: string; host: string } | { ok: false; words: string };

const most = 500;

/** Names under which a key or a password travels in an address. */
const secretNames =
  /^(access_?token|auth_?token|id_?token|token|api_?key|password|passwd|passcode|pwd|secret|client_?secret|signature|sig|x-(amz|goog)-(signature|credential|security-token))$/i;

function secretIn(url: URL): string | undefined {
  const names = [...url.searchParams.keys(), ...new URLSearchParams(url.hash.replace(/^#[?/]*/, '')).keys()];
  return names.find((name) => secretNames.test(name));
}

/**
 * Reads a link to a recording, which is kept and shown but never fetched. Refuses what a browser would run or what leads
 * elsewhere than it reads, and secrets written into an address that everybody here sees.
 */
export function readRecordingLink(text: string): RecordingLinkReading {
  const no = (words: string): RecordingLinkReading => ({ ok: false, words });
  if (text.trim() === '') return no('Write the link, as https://www.loom.com/share/….');
  if (text.length > most) return no(`The link is too long: at most ${most} characters.`);
  if (/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u.test(text)) return no('The link holds a character that cannot be seen.');
  if (/\s/u.test(text)) return no('Write one link, without blanks.');
  if (/^http:/i.test(text))
    return no('Plain http can be read and changed on the way: give the link that begins with https://.');
  if (!/^https:\/\/[^/]/i.test(text))
    return no('Give a link that begins with https://, as https://www.loom.com/share/….');
  if (/[<>"`\\]/.test(text)) return no('Write the link without <, >, quotation marks and \\.');
  if (/^https:\/\/[^/?#]*@/i.test(text))
    return no('Leave user names and passwords out of the link: everybody here can read it.');
  if (!URL.canParse(text)) return no('This is no link that a browser could open. Copy it once more.');
  const url = new URL(text);
  const secret = secretIn(url);
  if (secret !== undefined)
    return no(
      `The link holds a key or a password (“${secret}”), and everybody here can read it. Share the recording without one.`,
    );
  // A name in other letters is written out here, so that it can get longer, and look-alikes can be told apart.
  if (url.href.length > most) return no(`The link is too long: at most ${most} characters.`);
  return { ok: true, url: url.href, host: url.host };
}
