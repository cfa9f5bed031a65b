import type { Platform } from '../types.ts';
import { readDefinitions } from './definitions.ts';
import { openDocuments } from './documents.ts';
import { FileStore } from './file-store.ts';
import { ClioHttp } from './http.ts';
import type { HttpOptions } from './http.ts';
import { countRecords, readRecords, RECORDS_PER_READ } from './records.ts';
import { parseUser } from './schemas.ts';
import { writeOptions, writeRecord } from './writes.ts';

/** Clio Manage, API v4. */
export function openClio(options: HttpOptions): Platform {
  const http = new ClioHttp(options);
  return {
    name: 'clio',
    origin: options.origin,
    account: options.account,
    capabilities: {
      conditionalWrites: true,
      writeAnswersValues: true,
      editableOptions: true,
      recordsPerRead: RECORDS_PER_READ,
    },
    get requests() {
      return http.counts;
    },
    get allowance() {
      return http.allowance;
    },
    get answeredAtMs() {
      return http.answeredAtMs;
    },
    whoAmI: async () => {
      const what = 'the signed-in user';
      const path = 'users/who_am_i.json?fields=id,name,email,account{id,name}';
      return parseUser(await http.read({ path, what, permission: 'Users' }), what);
    },
    readDefinitions: (parentType) => readDefinitions(http, parentType),
    readRecords: (query, definitions) => readRecords(http, query, definitions),
    countRecords: (query) => countRecords(http, query),
    writeRecord: (write, definitions) => writeRecord(http, write, definitions),
    writeOptions: (write) => writeOptions(http, write),
    documents: openDocuments(http, new FileStore(options)),
    pause: (attempt) => http.pause(attempt),
  };
}
