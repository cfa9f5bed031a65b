import type { Account } from '../../model/account.ts';
import type { Platform } from '../types.ts';
import { Definitions } from './definitions.ts';
import { openDocuments } from './documents.ts';
import { Emptyings } from './emptying.ts';
import { Exchanger } from './exchange.ts';
import type { ExchangeOptions } from './exchange.ts';
import { FileStore } from './file-store.ts';
import { ClioHttp } from './http.ts';
import { countRecords, readRecords, RECORDS_PER_READ } from './records.ts';
import { parseUser } from './schemas.ts';
import { writeRecord } from './writes.ts';

export interface ClioOptions extends ExchangeOptions {
  /** Scheme and host. */
  readonly origin: string;
  /** Whose the tokens are, where that is known. */
  readonly account: Account | null;
  /** Told why a read is tried again, once it has failed twice in a row. */
  readonly onTrouble: (sentence: string) => void;
}

/** Clio Manage, API v4. */
export function openClio(options: ClioOptions): Platform {
  const exchanger = new Exchanger(options);
  const http = new ClioHttp(options.origin, exchanger, options.onTrouble);
  const definitions = new Definitions(http);
  const emptyings = new Emptyings();
  return {
    name: 'clio',
    origin: options.origin,
    account: options.account,
    capabilities: {
      conditionalWrites: true,
      writeAnswersValues: true,
      editableOptions: true,
      recordsPerRead: RECORDS_PER_READ,
      overAfterMs: options.timeoutMs,
    },
    get requests() {
      return exchanger.counts;
    },
    get allowance() {
      return exchanger.allowance;
    },
    get answeredAtMs() {
      return exchanger.answeredAtMs;
    },
    whoAmI: async () => {
      const what = 'the signed-in user';
      const path = 'users/who_am_i.json?fields=id,name,email,account{id,name}';
      return parseUser(await http.read({ path, what, permission: 'Users' }), what);
    },
    readDefinitions: (parentType) => definitions.read(parentType),
    readRecords: (query, fields) => readRecords(http, query, fields),
    countRecords: (query) => countRecords(http, query),
    writeRecord: (write, fields) => writeRecord(http, write, fields, emptyings),
    writeOptions: (write) => definitions.writeOptions(write),
    documents: openDocuments(http, new FileStore(options)),
    pause: (attempt) => exchanger.pause(attempt),
    sleep: (delayMs) => exchanger.sleep(delayMs),
  };
}
