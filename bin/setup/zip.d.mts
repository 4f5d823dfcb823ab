export function zipEntry(zip: Buffer, ending: string): Buffer | null;
export function tarEntry(tar: Buffer, name: string): Buffer | null;
