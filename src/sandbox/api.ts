import type { AccountDefinition, AccountRecord } from './account.ts';
import type { Directory, Kind } from './directory.ts';
import { DOCUMENT, type Documents } from './documents.ts';
import { ApiError, errorAnswer, jsonAnswer, readData, refuse } from './exchange.ts';
import type { Answer, ApiRequest } from './exchange.ts';
import { selectFields, type Render } from './fields.ts';
import { listDefinitions, listRecords, type OrderedListing } from './lists.ts';
import type { Settings } from './options.ts';
import { pageByCursor, pageByOffset } from './paging.ts';
import { Parameters } from './parameters.ts';
import {
  buildShapes,
  definitionEtag,
  PERMISSIONS,
  renderRedacted,
  userEtag,
  type Shapes,
} from './shapes.ts';
import { answerSingle, checkCondition } from './single.ts';
import type { RecordView } from './value-entries.ts';
import { writeDefinition } from './write-definition.ts';
import { writeValues, type Context } from './write-values.ts';

interface ApiSetting {
  readonly directory: Directory;
  readonly documents: Documents;
  readonly settings: Settings;
  /** What paging links start with: `http://127.0.0.1:8080/api/v4`. */
  readonly apiUrl: string;
  /** Makes page tokens of one server worthless to another. */
  readonly secret: string;
  /** The server's clock, in milliseconds since the epoch. */
  readonly now: () => number;
}

/** Answers one request on the account; it changes the account or refuses, and knows nothing of tokens, limits or faults. */
export type Api = (request: ApiRequest) => Answer;

export function createApi(setting: ApiSetting): Api {
  const shapes = buildShapes(setting.directory, setting.settings.behaviour);
  const resources = [
    definitionsResource(setting, shapes),
    recordsResource('Matter', setting, shapes),
    recordsResource('Contact', setting, shapes),
    userResource(setting, shapes),
    documentsResource(setting),
  ];
  return (request) => {
    try {
      for (const resource of resources) {
        const answer = resource(request);
        if (answer !== null) return answer;
      }
      throw refuse.notFound();
    } catch (error) {
      if (error instanceof ApiError) return errorAnswer(error.status, error.type, error.message);
      throw error;
    }
  };
}

/** Answers the requests that are its own, null for others. */
type Resource = (request: ApiRequest) => Answer | null;

function definitionsResource(setting: ApiSetting, shapes: Shapes): Resource {
  const { directory, settings } = setting;
  const { behaviour } = settings;
  const answerOne = (request: ApiRequest, definition: AccountDefinition): Answer =>
    answerSingle(
      request,
      { item: definition, etag: definitionEtag(definition), updatedAt: definition.updatedAt },
      selectFields(shapes.definition, request.query.get('fields')),
    );
  return (request) => {
    const target = matchPath(request.path, 'custom_fields');
    if (target === null) return null;
    if (!behaviour.customFieldsPermission) throw refuse.forbidden();
    if (target === 'list') {
      if (request.method !== 'GET') throw refuse.notFound();
      const render = selectFields(shapes.definition, request.query.get('fields'));
      const parameters = readParameters(request, setting);
      return answerList(
        request,
        parameters,
        listDefinitions(parameters, directory, behaviour),
        render,
        setting,
      );
    }
    const definition = directory.definition(target);
    if (definition === undefined) throw refuse.notFound();
    if (request.method === 'GET') return answerOne(request, definition);
    if (request.method !== 'PATCH') throw refuse.notFound();
    if (!behaviour.isAdministrator) throw refuse.forbidden();
    selectFields(shapes.definition, request.query.get('fields'));
    checkCondition(request, definitionEtag(definition));
    writeDefinition(definition, readData(request), contextOf(setting));
    return answerOne(request, definition);
  };
}

function recordsResource(kind: Kind, setting: ApiSetting, shapes: Shapes): Resource {
  const { directory, settings } = setting;
  const shape = kind === 'Matter' ? shapes.matter : shapes.contact;
  const permission = settings.behaviour[PERMISSIONS[kind]];
  const renderRecord = (request: ApiRequest): Render<AccountRecord> => {
    const definitionIds = readParameters(request, setting).ids('custom_field_ids[]');
    const render: Render<RecordView> = selectFields(shape, request.query.get('fields'));
    return (record) =>
      record.access === 'redacted' ? renderRedacted(record) : render({ record, definitionIds });
  };
  return (request) => {
    const target = matchPath(request.path, kind === 'Matter' ? 'matters' : 'contacts');
    if (target === null) return null;
    if (permission === 'none') throw refuse.forbidden();
    const render = renderRecord(request);
    if (target === 'list') {
      if (request.method !== 'GET') throw refuse.notFound();
      const parameters = readParameters(request, setting);
      const listing = listRecords(kind, parameters, directory);
      return answerList(request, parameters, listing, render, setting);
    }
    const record = directory.record(kind, target);
    if (record === undefined) throw refuse.notFound();
    if (record.access === 'none') {
      throw settings.behaviour.invisibleStatus === 404 ? refuse.notFound() : refuse.forbidden();
    }
    if (request.method === 'PATCH') {
      if (permission !== 'write' || record.access !== 'write') throw refuse.forbidden();
      checkCondition(request, shapes.etagOf(record));
      const values = readData(request)['custom_field_values'];
      // Whatever else a record can be written with is accepted and left alone: the account does not hold it.
      if (values !== undefined) writeValues(record, values, contextOf(setting));
    } else if (request.method !== 'GET') {
      throw refuse.notFound();
    }
    const { updatedAt } = record;
    return answerSingle(request, { item: record, etag: shapes.etagOf(record), updatedAt }, render);
  };
}

function documentsResource(setting: ApiSetting): Resource {
  const { documents } = setting;
  return (request) => {
    const answer = documents.answer(request);
    if (answer !== null || request.path !== '/documents') return answer;
    if (request.method !== 'GET') throw refuse.notFound();
    const render = selectFields(DOCUMENT, request.query.get('fields'));
    const parameters = readParameters(request, setting);
    return answerList(request, parameters, documents.list(parameters), render, setting);
  };
}

function userResource({ directory, settings }: ApiSetting, shapes: Shapes): Resource {
  return (request) => {
    if (request.path !== '/users/who_am_i' || request.method !== 'GET') return null;
    if (!settings.behaviour.usersPermission) throw refuse.forbidden();
    const render = selectFields(shapes.user, request.query.get('fields'));
    const item = { item: directory, etag: userEtag(directory), updatedAt: null };
    return answerSingle(request, item, render);
  };
}

function answerList<T extends { readonly id: number }>(
  request: ApiRequest,
  parameters: Parameters,
  listing: OrderedListing<T>,
  render: Render<T>,
  { settings, apiUrl, secret, now }: ApiSetting,
): Answer {
  const rules = {
    path: request.path,
    query: request.query,
    limit: parameters.limit(),
    nowMs: now(),
    tokenLifetimeMs: settings.behaviour.pageTokenLifetimeMs,
    secret,
    badParameterStatus: settings.behaviour.badParameterStatus,
  };
  const page = listing.isByCursor ? pageByCursor(listing, rules) : pageByOffset(listing, rules);
  const linkTo = (query: URLSearchParams) => `${apiUrl}${request.path}.json?${query.toString()}`;
  const paging = {
    ...(page.previous !== null && { previous: linkTo(page.previous) }),
    ...(page.next !== null && { next: linkTo(page.next) }),
  };
  return jsonAnswer(200, {
    data: page.items.map(render),
    meta: { paging, records: page.total },
  });
}

function readParameters({ query }: ApiRequest, { settings }: ApiSetting): Parameters {
  return new Parameters(query, settings.behaviour.badParameterStatus);
}

function contextOf({ directory, settings, now }: ApiSetting): Context {
  return {
    directory,
    behaviour: settings.behaviour,
    timestamp: () => `${new Date(now()).toISOString().slice(0, 19)}Z`,
  };
}

/** `list` for `/matters`, the id for `/matters/7`, null for another path; an id that is no number finds nothing. */
function matchPath(path: string, name: string): 'list' | number | null {
  if (path === `/${name}`) return 'list';
  if (!path.startsWith(`/${name}/`)) return null;
  const id = path.slice(name.length + 2);
  if (!/^\d{1,15}$/.test(id)) throw refuse.notFound();
  return Number(id);
}
