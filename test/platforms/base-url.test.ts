import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { parseBaseUrl, REGIONS } from '../../src/platforms/base-url.ts';

describe('a base URL', () => {
  test.for([
    ['https://app.clio.com', 'https://app.clio.com'],
    [' https://EU.app.clio.com/ ', 'https://eu.app.clio.com'],
    ['https://app.clio.com:443', 'https://app.clio.com'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://localhost:8080/', 'http://localhost:8080'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ] as const)('%s is taken', ([text, origin]) => {
    expect(parseBaseUrl(text)).toBe(origin);
  });

  test.for([
    'app.clio.com',
    '',
    'ftp://app.clio.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'http://app.clio.com',
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
    'https://me:secret@app.clio.com',
    'https://app.clio.com/api/v4',
    'https://app.clio.com/?x=1',
    'https://app.clio.com/#x',
  ])('"%s" is refused', (text) => {
    expect(() => parseBaseUrl(text)).toThrow(UserError);
  });

  test('that holds a password is not repeated in the message', () => {
    expect(() => parseBaseUrl('https://me:secret@app.clio.com')).not.toThrow(/secret/);
  });

  test("is each region's own", () => {
    for (const origin of Object.values(REGIONS)) expect(parseBaseUrl(origin)).toBe(origin);
  });
});
