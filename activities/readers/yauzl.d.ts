// What is used of yauzl, which brings no types of its own.
declare module 'yauzl' {
  import type { Readable } from 'node:stream';

  export type Entry = {
    fileName: Buffer;
    uncompressedSize: number;
    compressedSize: number;
    generalPurposeBitFlag: number;
    extraFields: { id: number; data: Buffer }[];
    isEncrypted(): boolean;
  };
  export type ZipFile = {
    entryCount: number;
    eachEntry(): AsyncIterable<Entry>;
    openReadStreamPromise(entry: Entry): Promise<Readable>;
    close(): void;
  };
  type Options = { lazyEntries: true; decodeStrings: false; autoClose?: boolean };
  export function openPromise(path: string, options: Options): Promise<ZipFile>;
  export function fromBufferPromise(buffer: Buffer, options: Options): Promise<ZipFile>;
  export function getFileNameLowLevel(
    flags: number,
    fileName: Buffer,
    extraFields: { id: number; data: Buffer }[],
    strictFileNames: boolean,
  ): string;
}
