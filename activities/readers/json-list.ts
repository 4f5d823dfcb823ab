/** An object of a JSON file, whatever it holds. */
export type Json = Readonly<Record<string, unknown>>;

/** True for an object that is no list. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Names under which tools write what was said, the surest first. */
const textKeys = ['text', 'transcript', 'sentence', 'raw_text', 'spokenText', 'content', 'caption', 'transcription'];
/** Lists of these names hold what was said; `words` holds it one word at a time and is the last resort. */
const listNames = /^(?:sentences|transcripts?|segments|entries|utterances|transcriptEntries|cues|captions|paragraphs)$/;
const deepest = 6;
const maxVisited = 50_000;

/** The text of one item, or `undefined` where it has none. */
export function textOf(item: Json): string | undefined {
  for (const key of textKeys) {
    const value = Object.hasOwn(item, key) ? item[key] : undefined;
    if (typeof value === 'string' && value.trim() !== '') return value;
  }
  return undefined;
}

function saysSomething(list: readonly unknown[]): boolean {
  return list.slice(0, 50).some((item) => isObject(item) && textOf(item) !== undefined);
}

/** The list of things said in a parsed file, wherever its tool put it; `undefined` where there is none. */
export function listIn(root: unknown): readonly unknown[] | undefined {
  let best: { list: readonly unknown[]; rank: number } | undefined;
  let level: { value: unknown; name: string }[] = [{ value: root, name: 'segments' }];
  let visited = 0;
  for (let depth = 0; depth <= deepest && level.length > 0; depth += 1) {
    const next: typeof level = [];
    for (const { value, name } of level) {
      if ((visited += 1) > maxVisited) return best?.list;
      if (Array.isArray(value)) {
        const list: readonly unknown[] = value;
        const rank = listNames.test(name) ? 0 : name === 'words' ? 2 : 1;
        if (saysSomething(list) && (best === undefined || rank < best.rank)) best = { list, rank };
        else if (list.length <= 10) next.push(...list.map((item) => ({ value: item, name: '' })));
      } else if (isObject(value)) {
        for (const [key, item] of Object.entries(value).slice(0, 100))
          if (typeof item === 'object') next.push({ value: item, name: key });
      }
    }
    if (best?.rank === 0) break;
    level = next;
  }
  return best?.list;
}

/** The names of a file's speakers by their ids, where it keeps them apart from what they say. */
export function speakersIn(root: unknown): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const places = isObject(root) ? [root, ...Object.values(root)] : [];
  for (const place of places.slice(0, 100)) {
    const list: unknown = isObject(place) ? (place.speakers ?? place.participants) : undefined;
    if (!Array.isArray(list)) continue;
    for (const item of list.slice(0, 1000)) {
      if (!isObject(item)) continue;
      const id = item.speaker_id ?? item.id ?? item.name;
      const name = item.speaker_name ?? item.displayName ?? item.name;
      if ((typeof id === 'string' || typeof id === 'number') && typeof name === 'string') names.set(String(id), name);
    }
  }
  return names;
}
