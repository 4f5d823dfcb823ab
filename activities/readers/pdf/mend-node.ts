import { constants, inflateSync } from 'node:zlib';

/** A stream that unpacks to more than this is a bomb, or nothing that a contract holds. */
const maxUnpacked = 96 * 1024 * 1024;
/** All streams of one file together. */
const maxTotal = 640 * 1024 * 1024;

let unpacked = 0;
let tooLarge = false;

/** True where a stream of the file would have unpacked to too much, and was left empty. */
export function unpackedTooMuch(): boolean {
  return tooLarge;
}

function unpack(bytes: Uint8Array): Uint8Array {
  try {
    const plain = inflateSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: maxUnpacked });
    unpacked += plain.byteLength;
    if (unpacked <= maxTotal) return plain;
  } catch (error) {
    // Damaged data is left to pdf.js, which saves what it can.
    if (!(error instanceof RangeError)) throw error;
  }
  tooLarge = true;
  return new Uint8Array(0);
}

/** Unpacks in one step and within limits; Node's own answers a stream at a time, and has none. */
class BoundedDecompression {
  #plain: Uint8Array | undefined;
  #trouble: unknown;

  constructor(format: string) {
    if (format !== 'deflate') throw new TypeError('Unsupported format.');
  }

  readonly writable = {
    getWriter: () => ({
      ready: undefined,
      write: (bytes: Uint8Array): Promise<void> => {
        try {
          this.#plain = unpack(bytes);
        } catch (error) {
          this.#trouble = error;
        }
        return Promise.resolve();
      },
      close: () => undefined,
    }),
  };

  readonly readable = {
    [Symbol.iterator]: (): Iterator<Uint8Array> => {
      if (this.#plain === undefined) throw this.#trouble;
      return [this.#plain][Symbol.iterator]();
    },
  };
}

/** Pictures are not unpacked: their place on the page is all that is asked about them. */
class NoPictureDecoder {
  static isTypeSupported(): Promise<boolean> {
    return Promise.resolve(true);
  }
  decode(): Promise<{ image: ArrayBuffer }> {
    return Promise.resolve({ image: new ArrayBuffer(0) });
  }
  close(): void {}
}

/** Fonts are looked at and never shown, so none is made ready. */
class NoFontFace {
  readonly loaded = Promise.resolve();
}

/** The page in a browser, as far as pdf.js asks it to hold fonts. */
export const noPage: object = { fonts: new Set<object>() };

type Missing = { transferToFixedLength?: (this: ArrayBuffer, length?: number) => ArrayBuffer; close?: () => void };

/** Node 20 lacks an array buffer's transfer, without which pdf.js drops every page that has a font of its own. */
export function mendNode(): void {
  // What Node may lack is told to the compiler here alone.
  const prototype = ArrayBuffer.prototype as Missing;
  prototype.transferToFixedLength ??= function (this: ArrayBuffer, length = this.byteLength) {
    const moved = structuredClone(this, { transfer: [this] });
    return length === moved.byteLength ? moved : moved.slice(0, length);
  };
}

/** Gives pdf.js what it needs to read words alone, quickly and within limits. For a process that reads one file. */
export function mendForReading(): void {
  mendNode();
  unpacked = 0;
  tooLarge = false;
  // Stands for the picture that was not unpacked, which pdf.js closes.
  (ArrayBuffer.prototype as Missing).close ??= () => undefined;
  Object.assign(globalThis, {
    ImageDecoder: NoPictureDecoder,
    DecompressionStream: BoundedDecompression,
    FontFace: NoFontFace,
  });
}
