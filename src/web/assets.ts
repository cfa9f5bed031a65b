import { readdirSync, readFileSync } from 'node:fs';
import type { Answer } from './answer.ts';
import { stylesheet } from './stylesheet.ts';

/** The built program's own folder: the page's modules stand in it as the browser asks for them. */
const BUILT = new URL('../', import.meta.url);
/** What the page shares with the reports. */
const SHARED = ['report/difference.js', 'report/visible.js'];

/**
 * The files that the page is made of, by their address below `assets/`, read once: only what is listed here can be asked for.
 * `built` is the folder of the compiled program.
 */
export function readAssets(built: URL = BUILT): ReadonlyMap<string, Answer> {
  const modules = readdirSync(new URL('web/page/', built))
    .filter((name) => name.endsWith('.js'))
    .map((name) => `web/page/${name}`);
  return new Map<string, Answer>([
    ['page.css', { status: 200, type: 'text/css', body: stylesheet }],
    ...[...modules, ...SHARED].map((path): [string, Answer] => [
      path,
      {
        status: 200,
        type: 'text/javascript',
        body: readFileSync(new URL(path, built), 'utf8'),
      },
    ]),
  ]);
}
