import { readFile } from 'node:fs/promises';
import { type Document, OpenAPIBackend } from 'openapi-backend';

const parts = ['accounts', 'data_privacy', 'events', 'lists', 'metrics', 'profiles'];

/** What the contract calls formats. */
const formats = {
  uri: (text: string) => URL.canParse(text),
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
};

/** An operation of the contract as the mock needs it. */
export interface ContractOperation {
  operationId: string;
  /** Sets of limits as its description tells them: the usual one, then those for more than usual fields. */
  limits: { perSecond: number; perMinute: number; perDay: number | null }[];
  scopes: string[];
}

interface Published {
  paths: Record<string, Record<string, { operationId: string; description?: string; security?: unknown }>>;
  components?: Record<string, Record<string, unknown>>;
}

/** Klaviyo's contract as a validator of requests and answers, and what its descriptions say of each operation. */
export function klaviyoContract(): Promise<Contract> {
  read ??= readContract();
  return read;
}

interface Contract {
  api: OpenAPIBackend;
  operations: ReadonlyMap<string, ContractOperation>;
}

/** Its validators are made once; they hold nothing of a test. */
let read: Promise<Contract> | undefined;

async function readContract(): Promise<Contract> {
  const whole = {
    openapi: '3.0.3',
    info: { title: 'Klaviyo', version: '2026-07-15' },
    paths: {} as Published['paths'],
    components: {} as NonNullable<Published['components']>,
  };
  for (const part of parts) {
    const file = new URL(`../../contracts/klaviyo/${part}.json`, import.meta.url);
    const { paths, components = {} } = JSON.parse(await readFile(file, 'utf8')) as Published;
    for (const [path, methods] of Object.entries(paths))
      whole.paths[path] = { ...whole.paths[path], ...methods };
    // The mock checks keys itself.
    for (const [kind, named] of Object.entries(components))
      if (kind !== 'securitySchemes') whole.components[kind] = { ...whole.components[kind], ...named };
  }
  const described = Object.values(whole.paths).flatMap(methods => Object.values(methods));
  const definition = asJson(withTypedNullable(whole)) as Document;
  const api = new OpenAPIBackend({ definition, quick: true, ajvOpts: { strict: false, formats } });
  await api.init();
  return {
    api,
    operations: new Map(described.map(operation => [operation.operationId, operationOf(operation)])),
  };
}

function operationOf({ operationId, description = '' }: { operationId: string; description?: string }) {
  const limits = [
    ...description.matchAll(/Burst: `(\d+)\/s`<br>Steady: `(\d+)\/m`(?:<br>Daily: `(\d+)\/d`)?/g),
  ].map(([, second, minute, day]) => ({
    perSecond: Number(second),
    perMinute: Number(minute),
    perDay: day === undefined ? null : Number(day),
  }));
  const listed = /\*\*Scopes:\*\*\s((?:`[a-z-]+:[a-z]+`\s?)+)/.exec(description)?.[1] ?? '';
  return { operationId, limits, scopes: [...listed.matchAll(/`([^`]+)`/g)].map(([, scope]) => scope!) };
}

/** The validator refuses `nullable` where no `type` stands beside it. */
function withTypedNullable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withTypedNullable);
  if (typeof value !== 'object' || value === null) return value;
  const drop = 'nullable' in value && typeof value.nullable === 'boolean' && !('type' in value);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      drop && key === 'nullable' ? [] : [[key, withTypedNullable(inner)]],
    ),
  );
}

/** The validator knows bodies of application/json only. */
function asJson(document: unknown): unknown {
  return JSON.parse(
    JSON.stringify(document).replaceAll('"application/vnd.api+json":', '"application/json":'),
  );
}
