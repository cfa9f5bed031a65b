import { spawn } from 'node:child_process';

/** How a system opens an address in the browser of its user; null where nobody sits in front of one. */
export function browserCommand(
  address: string,
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
): readonly [string, ...string[]] | null {
  // Not `start`: the shell would take the address apart at its ampersands.
  const onWindows = ['url.dll,FileProtocolHandler', address] as const;
  if (platform === 'win32') return ['rundll32', ...onWindows];
  if (platform === 'darwin') return ['open', address];
  if (environment['WSL_DISTRO_NAME']) return ['rundll32.exe', ...onWindows];
  const hasDesktop = Boolean(environment['DISPLAY'] || environment['WAYLAND_DISPLAY']);
  return hasDesktop ? ['xdg-open', address] : null;
}

/** Opens an address in the browser; false where that cannot be done. Does not wait for the browser. */
export async function openBrowser(
  address: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<boolean> {
  const command = browserCommand(address, process.platform, environment);
  if (command === null) return false;
  const [program, ...args] = command;
  return new Promise((resolve) => {
    const child = spawn(program, args, { detached: true, stdio: 'ignore', windowsHide: true });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
