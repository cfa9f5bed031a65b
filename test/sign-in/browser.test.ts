import { expect, test } from 'vitest';
import { browserCommand } from '../../src/sign-in/browser.ts';

const ADDRESS = 'https://app.clio.com/oauth/authorize?client_id=a&state=b';

test.each([
  { platform: 'win32', environment: {}, program: 'rundll32' },
  { platform: 'darwin', environment: {}, program: 'open' },
  { platform: 'linux', environment: { DISPLAY: ':0' }, program: 'xdg-open' },
  { platform: 'linux', environment: { WAYLAND_DISPLAY: 'wayland-0' }, program: 'xdg-open' },
  { platform: 'linux', environment: { WSL_DISTRO_NAME: 'Debian' }, program: 'rundll32.exe' },
] as const)(
  'on $platform with $environment, $program gets the address as one word, ampersands and all',
  ({ platform, environment, program }) => {
    const command = browserCommand(ADDRESS, platform, environment) ?? [];
    expect([command.at(0), command.at(-1)]).toEqual([program, ADDRESS]);
  },
);

test('where nobody sits in front of a screen, no browser is opened', () => {
  expect(browserCommand(ADDRESS, 'linux', {})).toBe(null);
});
