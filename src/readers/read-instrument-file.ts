// The door of the readers: which format a file is in, by its content.

import { InputError } from '../units/index.ts';
import { isAccessDatabase } from './access-database.ts';
import { readArbinRes } from './arbin-res.ts';
import { readArchive } from './archive.ts';
import { isBiologicBinary, readBiologicBinary } from './biologic-binary.ts';
import { isBiologicText, readBiologicText } from './biologic-text.ts';
import { INSTRUMENT_FILE_SIZE_MAX, type InstrumentFile, type ReaderOptions } from './contract.ts';
import { readDelimited } from './delimited.ts';
import { isEcoChemieFra, readEcoChemieFra } from './eco-chemie.ts';
import { isGamry, readGamry } from './gamry.ts';
import { isGzip, unpackGzip } from './gzip.ts';
import { isIvium, readIvium } from './ivium.ts';
import { isNewareNda, readNewareNda } from './neware-nda.ts';
import { isPalmSens, readPalmSens } from './palmsens.ts';
import { startsWith } from './starts-with.ts';
import { guessEncoding, textBytes } from './text-bytes.ts';
import { isZahnerIsm, readZahnerIsm } from './zahner-ism.ts';
import { isZip } from './zip.ts';

/** Formats that are recognised and not read. Those with a signature are told by it. */
const NOT_READ: readonly (readonly [name: string, isIt: (bytes: Uint8Array) => boolean])[] = [
  ['HDF5', (bytes) => startsWith(bytes, '\u0089HDF')],
  ['an old Excel workbook (.xls)', (bytes) => startsWith(bytes, '\u00d0\u00cf\u0011\u00e0')],
];

/** Files that programs of instruments write beside their measurements, by the first characters of their text. */
const NO_MEASUREMENT: readonly (readonly [name: string, isIt: RegExp])[] = [
  ['settings of EC-Lab or BT-Lab (.mps)', /^(?:EC|BT)-LAB SETTING FILE/i],
  ['a log of EC-Lab or BT-Lab (.mpl)', /^(?:EC|BT)-Lab LOG FILE/i],
  ['the rows at which loops of EC-Lab begin (_LOOP.txt)', /^VMP EXPERIMENT LOOP INDEXES/],
  ['a procedure of a Maccor cycler', /<MaccorTestProcedure>/],
  [
    'a waveform for a Maccor cycler (.mwf)',
    /^(?:[CDR]\t[IPVR]\t[\d.]+\t[^\t\r\n]*\t[^\t\r\n]*\t[\d.]+\t[^\r\n]*[\r\n]+){2}/,
  ],
  ['a schedule of an Arbin cycler (.sdu, .sdx)', /^\[Version Section\]\s+Current_Version=Schedule/],
  ['a measurement of ZahnerLab (.zmx), of which the csv export is read', /<zahner-measurement>/],
];
/** Characters in which those are looked for. */
const FIRST_SIZE = 400;

/** Formats that must become one string, which no environment makes longer than half a gigabyte. */
const WHOLE_TEXT_SIZE_MAX = 2 ** 28;

function refuseLongText(bytes: Uint8Array, where: string): void {
  if (bytes.length <= WHOLE_TEXT_SIZE_MAX) return;
  throw new InputError([
    {
      where,
      found: `${bytes.length} bytes`,
      wanted: `at most ${WHOLE_TEXT_SIZE_MAX} in this format`,
      hint: 'split the file or export it as UTF-8',
    },
  ]);
}

/**
 * Reads the file of a cycler or potentiostat from its bytes. The format is found from the content, never from the name. An odd file
 * gives what can be read, with remarks. The promise is rejected with InputError where nothing can, or an override does not fit. It is a
 * promise because packages that few files need are loaded when the first such file comes.
 */
export async function readInstrumentFile(given: Uint8Array, options: ReaderOptions = {}): Promise<InstrumentFile> {
  // A buffer of Node cuts views where an array cuts copies, and an array of another frame is none of this one.
  const bytes = new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
  const where = options.name ?? 'file';
  if (bytes.length === 0) throw new InputError([{ where, found: 'no bytes', wanted: 'a file of an instrument' }]);
  if (bytes.length > INSTRUMENT_FILE_SIZE_MAX) {
    throw new InputError([{ where, found: `${bytes.length} bytes`, wanted: `at most ${INSTRUMENT_FILE_SIZE_MAX}` }]);
  }
  if (isBiologicBinary(bytes)) return readBiologicBinary(bytes, options);
  if (isAccessDatabase(bytes)) return readArbinRes(bytes, options);
  if (startsWith(bytes, 'PAR1')) {
    const { readParquetFile } = await import('./parquet-file.ts');
    return readParquetFile(bytes, options);
  }
  if (isNewareNda(bytes)) return readNewareNda(bytes, options);
  if (isZahnerIsm(bytes)) return readZahnerIsm(bytes, options);
  if (isGzip(bytes)) return readInstrumentFile(unpackGzip(bytes, where), options);
  if (isZip(bytes)) return readArchive(bytes, options, readInstrumentFile);
  const notRead = NOT_READ.find(([, isIt]) => isIt(bytes));
  if (notRead !== undefined) {
    throw new InputError([
      {
        where,
        found: notRead[0],
        wanted: 'a format that is read',
        hint: 'this format is not read yet; export it as text',
      },
    ]);
  }
  const encoding = options.overrides?.encoding ?? guessEncoding(bytes);
  if (encoding.startsWith('utf-16')) refuseLongText(bytes, where);
  const source = textBytes(bytes, encoding);
  const first = source.text(0, Math.min(source.bytes.length, FIRST_SIZE));
  const beside = NO_MEASUREMENT.find(([, isIt]) => isIt.test(first));
  if (beside !== undefined) throw new InputError([{ where, found: beside[0], wanted: 'a file with a measurement' }]);
  if (isBiologicText(source)) return readBiologicText(source, options);
  if (isGamry(source)) return readGamry(source, options);
  const isWhole = isIvium(source) || isPalmSens(source) || isEcoChemieFra(source);
  if (isWhole) refuseLongText(bytes, where);
  if (isIvium(source)) return readIvium(source, options);
  if (isPalmSens(source)) return readPalmSens(source, options);
  if (isEcoChemieFra(source)) return readEcoChemieFra(source, options);
  const text = readDelimited(source, options);
  if (text !== null) return text;
  throw new InputError([
    { where, found: 'no table and no known format', wanted: 'a file of a cycler or potentiostat' },
  ]);
}
