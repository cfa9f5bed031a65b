import { join } from 'node:path';
import { Journal } from '../../src/journal/index.ts';
import { NOON } from '../journal/stock.ts';

/** The journal that the program finds in a working folder, made where there is none. Whoever opens it closes it. */
export function journalIn(folder: string): Journal {
  return Journal.open(join(folder, '.clio-fields', 'journal.sqlite'), {
    access: 'write',
    command: 'test',
    now: () => new Date(NOON),
  });
}
