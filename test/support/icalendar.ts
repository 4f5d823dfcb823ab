/** A component of iCalendar with its properties in order. */
export type Component = { name: string; properties: Property[]; components: Component[] };
export type Property = { name: string; params: string; value: string };

const line = /^([A-Z0-9-]+)((?:;[A-Z0-9-]+=[^\u0000-\u0020",;:\u007f]+)*):(.*)$/u;

function unfolded(text: string): string[] {
  if (!text.endsWith('\r\n')) throw new Error('The last line does not end.');
  const lines = text.slice(0, -2).split('\r\n');
  for (const one of lines) {
    const size = Buffer.byteLength(one, 'utf8');
    if (size > 75) throw new Error(`A line has ${String(size)} octets: ${one}`);
    if (one === '' || /[\u0000-\u0008\u000a-\u001f\u007f\ufffd]/u.test(one))
      throw new Error(`A line is not text: ${one}`);
  }
  return text.slice(0, -2).replaceAll('\r\n ', '').split('\r\n');
}

/** Reads iCalendar and refuses whatever RFC 5545 does not allow in what this product writes. Stricter than a reader needs. */
export function readCalendar(text: string): Component {
  const stack: Component[] = [{ name: '', properties: [], components: [] }];
  for (const one of unfolded(text)) {
    const [, name, params = '', value = ''] = line.exec(one) ?? [];
    const at = stack.at(-1);
    if (name === undefined || at === undefined) throw new Error(`This is no content line: ${one}`);
    if (name === 'BEGIN') {
      const begun = { name: value, properties: [], components: [] };
      at.components.push(begun);
      stack.push(begun);
    } else if (name === 'END') {
      if (at.name !== value) throw new Error(`${at.name} ends as ${value}.`);
      stack.pop();
    } else at.properties.push({ name, params, value });
  }
  const [calendar, ...more] = stack[0]?.components ?? [];
  if (stack.length !== 1 || calendar?.name !== 'VCALENDAR' || more.length > 0) throw new Error('Not one calendar.');
  checkCalendar(calendar);
  return calendar;
}

/** The one property of that name. */
export function only(component: Component, name: string): Property {
  const [found, ...more] = component.properties.filter((property) => property.name === name);
  if (found === undefined || more.length > 0) throw new Error(`${component.name} has not one ${name}.`);
  return found;
}

/** TEXT as it was before it was escaped; throws where something should have been. */
export function textOf({ value }: Property): string {
  if (/^(?:[^\\;,]|\\[\\;,nN])*$/u.test(value) === false) throw new Error(`Not escaped: ${value}`);
  return value.replace(/\\([\\;,nN])/g, (_, sign: string) => (sign.toLowerCase() === 'n' ? '\n' : sign));
}

function must(pattern: RegExp, { name, value }: Property): void {
  if (!pattern.test(value)) throw new Error(`${name} is ${value}.`);
}

function checkEvent(event: Component): void {
  must(/^\d{8}T\d{6}Z$/, only(event, 'DTSTAMP'));
  must(/^\d+$/, only(event, 'SEQUENCE'));
  for (const name of ['DTSTART', 'DTEND']) {
    const day = only(event, name);
    if (day.params !== ';VALUE=DATE') throw new Error(`${name} is no day.`);
    must(/^\d{8}$/, day);
  }
  for (const name of ['SUMMARY', 'DESCRIPTION']) textOf(only(event, name));
  must(/^https?:\/\/\S+$/, only(event, 'URL'));
  if (!event.components.some(({ name }) => name === 'VALARM')) throw new Error('An event has no alarm.');
  for (const alarm of event.components) {
    must(/^DISPLAY$/, only(alarm, 'ACTION'));
    must(/^-?P(\d+D)?(T\d+H)?$/, only(alarm, 'TRIGGER'));
    textOf(only(alarm, 'DESCRIPTION'));
  }
}

function checkCalendar(calendar: Component): void {
  must(/^2\.0$/, only(calendar, 'VERSION'));
  only(calendar, 'PRODID');
  if (calendar.components.length === 0) throw new Error('A calendar has at least one component.');
  const events = calendar.components.filter(({ name }) => name === 'VEVENT');
  const uids = events.map((event) => only(event, 'UID').value);
  if (new Set(uids).size !== uids.length) throw new Error('Two events have one UID.');
  events.forEach(checkEvent);
}
