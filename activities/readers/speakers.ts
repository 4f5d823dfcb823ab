/** Words that stand before a colon without being anybody's name. */
const notNames = new Set(
  (
    'note notes step steps warning important example examples remember tip tips reminder first second third next then ' +
    'question answer subject title purpose scope owner approver url http https link time date duration topic summary ' +
    'transcript recording meeting agenda action actions so okay ok now also and but because caution attention ps re fwd ' +
    'to from cc bcc status name email phone address total amount price due id ref kind language region style exception exceptions'
  ).split(' '),
);

const namePart = String.raw`[\p{Lu}\p{Lo}][\p{L}\p{N}_.'’-]{0,39}`;
const spelled = String.raw`${namePart}(?: (?:${namePart}|\([\p{L}\p{N} .'’-]{1,40}\)|\d{1,2}|van|von|de|da|del|der|den|di|la|le|bin|al)){0,4}`;

/** Source of a pattern for a speaker's name as transcripts write it. */
export const speakerPattern = spelled;

const prefix = new RegExp(String.raw`^(${spelled})\s?:\s+(?=\S)`, 'u');
const alone = new RegExp(String.raw`^${spelled}$`, 'u');

/** True where the words can be a speaker's name. */
export function isSpeaker(words: string): boolean {
  return words.length <= 100 && alone.test(words) && !notNames.has(words.toLowerCase());
}

/** `Owen Tran: and then` taken apart; `undefined` where the text names no speaker. */
export function splitSpeaker(text: string): { speaker: string; rest: string } | undefined {
  const match = prefix.exec(text.slice(0, 200));
  const speaker = match?.[1];
  if (match === null || speaker === undefined || notNames.has(speaker.toLowerCase())) return undefined;
  return { speaker, rest: text.slice(match[0].length) };
}
