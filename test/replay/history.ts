import proto from '@temporalio/proto';
import { z } from 'zod';

const { History } = proto.temporal.api.history.v1;
type History = proto.temporal.api.history.v1.IHistory;

export const historySchema = z.looseObject({ events: z.array(z.looseObject({ eventType: z.string() })) });

/** A history as JSON text. The SDK's own converter needs one copy of protobufjs in the tree, and npm installs several. */
export function historyText(history: History): string {
  const plain = History.toObject(History.fromObject(history), { longs: String, enums: String, bytes: String });
  return `${JSON.stringify(plain, null, 2)}\n`;
}

/** A recorded history as the replay worker takes it. */
export function historyOf(recorded: z.infer<typeof historySchema>): History {
  return History.fromObject(recorded);
}
