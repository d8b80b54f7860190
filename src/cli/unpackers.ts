// What Node can unpack and a reader of files has no code for.

import { brotliDecompressSync } from 'node:zlib';
import type { ReaderOptions } from '../readers/index.ts';

/** Packings of Parquet, for the option `unpack` of a reader: never more than the size that the file gives. */
export const UNPACKERS: NonNullable<ReaderOptions['unpack']> = {
  BROTLI: (packed, size) => brotliDecompressSync(packed, { maxOutputLength: Math.max(1, size) }),
};
