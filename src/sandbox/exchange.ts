/** One request to the API, already read and parsed: what the API and the faults around it see of HTTP. */
export interface ApiRequest {
  readonly method: string;
  /** Without `/api/v4` and without `.json`: `/matters/7`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The parsed JSON body; undefined where there was none or it was not JSON. */
  readonly body: unknown;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A refusal in Clio's form: `{"error":{"type","message"}}`. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly type: string;

  constructor(status: number, type: string, message: string) {
    super(message);
    this.status = status;
    this.type = type;
  }
}

export function isWrite(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

export function jsonAnswer(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  };
}

export function errorAnswer(
  status: number,
  type: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return jsonAnswer(status, { error: { type, message } }, headers);
}

/** The refusals that many places give in the same words. */
export const refuse = {
  argument: (message: string, status = 422) => new ApiError(status, 'ArgumentError', message),
  fields: (message: string) => new ApiError(400, 'InvalidFields', message),
  forbidden: () => new ApiError(403, 'ForbiddenError', 'User is forbidden from taking that action'),
  notFound: () => new ApiError(404, 'RecordNotFound', 'The requested resource was not found'),
  upload: () => new ApiError(422, 'UploadNotFoundError', 'The upload was not found'),
  uploadTimeout: () => new ApiError(422, 'UploadTimeoutError', 'The upload was not found in time'),
  stale: () =>
    new ApiError(412, 'PreconditionFailed', 'The resource has been modified since it was read'),
} as const;

/** The `data` of a body; refused where there is none. */
export function readData({ body }: ApiRequest): Record<string, unknown> {
  const data = isObject(body) ? body['data'] : undefined;
  if (!isObject(data)) throw refuse.argument('data is missing', 400);
  return data;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
