// ZIP archives that instruments and their programs write, and archives in which somebody sent one instrument file.

import { InputError } from '../units/index.ts';
import type { InstrumentFile, ReaderOptions } from './contract.ts';
import { isNewareNdax, readNewareNdax } from './neware-ndax.ts';
import { isXlsx, readXlsx } from './xlsx.ts';
import { isZip, openZip, type ZipArchive, type ZipEntry } from './zip.ts';

/** Files that programs add to an archive without being asked. */
const BYSTANDERS = /^__MACOSX\/|(?:^|\/)(?:\.DS_Store|Thumbs\.db|desktop\.ini)$|(?:^|\/)\._[^/]*$/i;

/**
 * Reads a Neware .ndax, an Excel workbook, or the one file within any other archive by `readInside`. Throws InputError where the archive
 * is damaged, holds several files or a further archive.
 */
export async function readArchive(
  bytes: Uint8Array,
  options: ReaderOptions,
  readInside: (bytes: Uint8Array, options: ReaderOptions) => Promise<InstrumentFile>,
): Promise<InstrumentFile> {
  const where = options.name ?? 'file';
  const archive = openZip(bytes, where);
  const known = readKnown(archive, options);
  if (known !== null) return known;
  const files = archive.entries.filter(({ name }) => !BYSTANDERS.test(name));
  if (files.length !== 1) throw new InputError([severalFiles(files, where)]);
  const inside = archive.read(files[0]!);
  const named = { ...options, name: `${where}/${files[0]!.name}` };
  if (!isZip(inside)) return readInside(inside, named);
  const inner = openZip(inside, named.name);
  const within = readKnown(inner, named);
  if (within !== null) return within;
  throw new InputError([
    { where: named.name, found: 'an archive within an archive', wanted: 'an instrument file', hint: 'unpack it first' },
  ]);
}

function readKnown(archive: ZipArchive, options: ReaderOptions): InstrumentFile | null {
  if (isNewareNdax(archive)) return readNewareNdax(archive, options);
  return isXlsx(archive) ? readXlsx(archive, options) : null;
}

function severalFiles(files: readonly ZipEntry[], where: string): ConstructorParameters<typeof InputError>[0][number] {
  if (files.length === 0) return { where, found: 'an archive without files', wanted: 'an instrument file' };
  const names = files.slice(0, 5).map(({ name }) => name.slice(0, 60));
  return {
    where,
    found: `an archive of ${files.length} files: ${names.join(', ')}${files.length > 5 ? ', …' : ''}`,
    wanted: 'a Neware .ndax, an Excel workbook or a single instrument file',
    hint: 'unpack it and read its files together',
  };
}
