import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';

/** Where systems put it; `CHROMIUM` names another place. */
const USUAL = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

let browser: Browser;

beforeAll(async () => {
  const executablePath = process.env['CHROMIUM'] ?? USUAL.find((path) => existsSync(path));
  if (executablePath === undefined || !existsSync(executablePath))
    throw new Error(
      `There is no Chromium to test with${executablePath === undefined ? '' : ` at ${executablePath}`}. Install one (Debian: apt-get install chromium), or name it in the environment variable CHROMIUM.`,
    );
  browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
  });
});
afterAll(() => browser?.close());

/** A window of its own at that address. Whatever goes wrong in it, or leaves this machine, fails the test at its end. */
export async function openWindow(
  address: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const troubles: string[] = [];
  const { origin } = new URL(address);
  page.on('pageerror', ({ message }) => troubles.push(message));
  page.on('console', (message) => {
    // A refused value is answered 400, which a browser notes by itself.
    const isOurs = message.type() === 'error' && !message.text().includes('status of 40');
    if (isOurs) troubles.push(message.text());
  });
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) troubles.push(`asked for ${request.url()}`);
  });
  onTestFinished(async () => {
    await context.close();
    expect(troubles).toEqual([]);
  });
  await page.goto(address);
  return page;
}
