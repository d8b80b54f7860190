import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { InputError } from '../units/index.ts';
import { fileNameOf, prepareFile, prepareFolder, writeFiles } from './output-files.ts';
import { ShellFailure } from './terminal.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'limetal-files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function* failing(): Generator<string> {
  yield 'half of it';
  throw Object.assign(new Error('write'), { code: 'ENOSPC' });
}

describe('writeFiles', () => {
  test('writes text in parts and bytes, replaces what was there, and leaves nothing else', () => {
    writeFileSync(join(folder, 'a.csv'), 'old');
    writeFiles([
      { path: join(folder, 'a.csv'), content: ['µ', '\n'] },
      { path: join(folder, 'b.parquet'), content: Uint8Array.of(0, 255) },
    ]);
    expect(readFileSync(join(folder, 'a.csv'), 'utf8')).toBe('µ\n');
    expect([...readFileSync(join(folder, 'b.parquet'))]).toEqual([0, 255]);
    expect(readdirSync(folder).sort()).toEqual(['a.csv', 'b.parquet']);
  });

  test('a failure in the middle changes no file and leaves no half of one', () => {
    writeFileSync(join(folder, 'a.csv'), 'old');
    const files = [
      { path: join(folder, 'a.csv'), content: ['new'] },
      { path: join(folder, 'b.csv'), content: failing() },
    ];
    expect(() => writeFiles(files)).toThrow(
      new ShellFailure(`${join(folder, 'b.csv')} was not written: the disk is full`),
    );
    expect(readFileSync(join(folder, 'a.csv'), 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['a.csv']);
  });

  test('a link stays a link, and its target gets the content', () => {
    writeFileSync(join(folder, 'target'), 'old');
    symlinkSync('target', join(folder, 'link'));
    writeFiles([{ path: join(folder, 'link'), content: ['new'] }]);
    expect(readFileSync(join(folder, 'target'), 'utf8')).toBe('new');
    expect(readdirSync(folder).sort()).toEqual(['link', 'target']);
  });

  test.skipIf(!existsSync('/dev/full'))('a device is written to and not replaced; a full one is one sentence', () => {
    expect(() => writeFiles([{ path: '/dev/full', content: ['x'] }])).toThrow(
      new ShellFailure('/dev/full was not written: the disk is full'),
    );
    expect(() => writeFiles([{ path: '/dev/full', content: ['x'] }])).toThrow(
      '/dev/full was not written: the disk is full',
    );
  });

  test('a real full disk: nothing half-written stays, the old file is whole', ({ skip }) => {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], { stdio: 'ignore' });
    } catch {
      skip('mounting a small disk needs more rights than this test has');
    }
    try {
      writeFileSync(join(disk, 'a.csv'), 'old');
      expect(() => writeFiles([{ path: join(disk, 'a.csv'), content: ['x'.repeat(200_000)] }])).toThrow(
        /the disk is full/,
      );
      expect(readFileSync(join(disk, 'a.csv'), 'utf8')).toBe('old');
      expect(readdirSync(disk)).toEqual(['a.csv']);
    } finally {
      execFileSync('umount', [disk]);
    }
  });
});

describe('before a run', () => {
  test('folders are made, whatever the depth, and nothing stays in them', () => {
    prepareFolder(join(folder, 'a', 'b'), '--out');
    expect(readdirSync(join(folder, 'a', 'b'))).toEqual([]);
  });

  test('a file where a folder should be is bad input, above or at the path', () => {
    writeFileSync(join(folder, 'a'), '');
    expect(() => prepareFolder(join(folder, 'a'), '--out')).toThrow(InputError);
    expect(() => prepareFolder(join(folder, 'a', 'b'), '--out')).toThrow(/want a folder/);
  });

  test('a folder where a file should be is bad input', () => {
    expect(() => prepareFile(folder, '--svg')).toThrow(/want a file name/);
    expect(() => prepareFile(`${folder}/`, '--svg')).toThrow(InputError);
  });

  test.skipIf(!existsSync('/proc/self'))(
    'a file system without folders is an honest failure, and no endless loop',
    () => {
      const said = '/proc/limetal/a cannot take results: the system makes no files there';
      expect(() => prepareFolder('/proc/limetal/a', '--out')).toThrow(new ShellFailure(said));
    },
  );
});

test.each([
  ['Li|Cu with nitrate', 'Li-Cu-with-nitrate'],
  ['../../etc/passwd', 'etc-passwd'],
  ['電池 1', '電池-1'],
  ['..', 'cell'],
  ['a'.repeat(100), 'a'.repeat(60)],
])('fileNameOf(%j) is %j', (text, name) => expect(fileNameOf(text)).toBe(name));
