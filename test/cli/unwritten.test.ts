import { expect, test } from 'vitest';
import { unwritten } from '../../src/cli/unwritten.ts';
import { EXIT, UserError } from '../../src/errors.ts';
import { isHeld } from '../../src/put-in-place.ts';

function failure(code: string, syscall: string): Error & { code: string; syscall: string } {
  return Object.assign(new Error(`${code}: ${syscall}`), { code, syscall });
}

test('on Windows a file that cannot be replaced is told as open in another program', () => {
  for (const code of ['EPERM', 'EBUSY', 'EACCES'])
    expect(isHeld(failure(code, 'rename'), 'win32')).toBe(true);
  expect(isHeld(failure('EPERM', 'open'), 'win32')).toBe(false);
  expect(isHeld(failure('ENOENT', 'rename'), 'win32')).toBe(false);
  expect(isHeld(failure('EPERM', 'rename'), 'linux')).toBe(false);
});

test('a full disk is no fault of the command, a folder that is not there is', () => {
  const report = { code: 'out_file', what: 'report a.csv', otherwise: '--out' };
  const full = unwritten(report, failure('ENOSPC', 'write'));
  expect(full).toBeInstanceOf(UserError);
  expect(full).toMatchObject({
    message: 'There is no room for the report a.csv. Nothing was written.',
    exitCode: EXIT.failed,
  });
  expect(unwritten(report, failure('ENOENT', 'open'))).toMatchObject({
    message: 'The report a.csv could not be written: its folder is not there.',
    exitCode: EXIT.wrongInput,
  });
});

test('a mistake of the program is not told as a file that could not be written', () => {
  const mistake = new TypeError('x is not a function');
  expect(unwritten({ code: 'out_file', what: 'report a.csv' }, mistake)).toBe(mistake);
});
