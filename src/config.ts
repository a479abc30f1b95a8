import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { Cron } from 'croner';
import { z } from 'zod';
import { InputError } from './errors.ts';
import { type Retention, retentionConfig, retentionEnvironment } from './retention-config.ts';
import { type SlackConfig, slackConfig, slackEnvironment } from './slack-config.ts';
import { timeZone } from './time-zone.ts';

export type { SlackConfig } from './slack-config.ts';

const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgres://');

/** 'off' becomes null. */
const schedule = z
  .string()
  .refine(text => text === 'off' || isSchedule(text), {
    message: 'must be a cron text of five parts, such as "0 6 * * 1" for Mondays at 06:00, or off',
  })
  .transform(text => (text === 'off' ? null : text));

const namePattern = /^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/i;

/** Names without port, separated by commas; lower case. */
const hostNames = z
  .string()
  .transform(text =>
    text
      .toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean),
  )
  .refine(names => names.every(name => namePattern.test(name)), {
    message:
      'must be names without https:// and without port, separated by commas, such as kindred.example.org',
  });

const yesOrNo = z
  .enum(['true', 'false'], { error: 'must be true or false' })
  .transform(text => text === 'true');

/** "3/15": input and output, in US dollars per million tokens. */
const prices = z
  .string()
  .regex(
    /^\d+(\.\d+)?\/\d+(\.\d+)?$/,
    'must be the prices of input and output per million tokens in US dollars, such as 3/15',
  )
  .transform(text => {
    const [input, output] = text.split('/').map(Number);
    return { input: input!, output: output! };
  });

/** 32 bytes as 64 hexadecimal digits. */
const secretKey = z
  .string()
  .regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits: `kindred key` makes one')
  .transform(digits => Buffer.from(digits, 'hex'));

const environment = z.object({
  KINDRED_DATA: z.string().default('./data'),
  WAREHOUSE_URL: postgresUrl.optional(),
  DATABASE_URL: postgresUrl.optional(),
  KINDRED_THREADS: z.coerce.number().int().min(1).max(64).optional(),
  KINDRED_MEMORY_MB: z.coerce.number().int().min(64).optional(),
  KINDRED_HOST: z
    .string()
    .refine(text => isIP(text) !== 0 || namePattern.test(text), {
      message: 'must be an address or name of this machine without port, such as 127.0.0.1 or 0.0.0.0',
    })
    .default('127.0.0.1'),
  KINDRED_ALLOWED_HOSTS: hostNames.default([]),
  KINDRED_PORT: z.coerce.number().int().min(0).max(65_535).default(7373),
  KINDRED_TIME_ZONE: timeZone.default('UTC'),
  KINDRED_REFRESH_SCHEDULE: schedule.default('0 6 * * 1'),
  KINDRED_RECLUSTER_SCHEDULE: schedule.default('0 7 * 1,4,7,10 1#1'),
  KINDRED_AUTO_PROMOTE: yesOrNo.default(false),
  KINDRED_EVENTS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, 'must be at least 16 letters, digits or signs, without spaces')
    .optional(),
  KINDRED_KEY: secretKey.optional(),
  KINDRED_SYNC_MOST_CHANGE: z.coerce.number().min(0).max(1).default(0.2),
  KINDRED_SYNC_IN_SCHEDULE: schedule.default('0 4 * * *'),
  ...retentionEnvironment,
  ...slackEnvironment,
  ANTHROPIC_API_KEY: z.string().optional(),
  ANTHROPIC_BASE_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address such as http://127.0.0.1:8080' })
    .optional(),
  KINDRED_MODEL: z.string().default('claude-sonnet-5-5'),
  KINDRED_MODEL_PRICES: prices.optional(),
  KINDRED_ANSWER_TURNS: z.coerce.number().int().min(1).max(50).default(12),
  KINDRED_ANSWER_TOKENS: z.coerce.number().int().min(1000).default(200_000),
  KINDRED_ANSWER_COST: z.coerce.number().positive().default(0.5),
  KINDRED_DAY_COST: z.coerce.number().positive().default(10),
});

export interface Config {
  /** Absolute path of the folder that holds the stores. */
  dataDir: string;
  /** Postgres for the warehouse; DuckDB in `dataDir` where absent. */
  warehouseUrl: string | undefined;
  /** Postgres for the state; PGlite in `dataDir` where absent. */
  databaseUrl: string | undefined;
  /** Worker threads; the number never changes a result. */
  threads: number | undefined;
  /** Memory that DuckDB may take before it spills to disk, in MB; as much as the data asks for where absent. */
  memoryMb: number | undefined;
  /** Where `kindred serve` listens: this machine alone, or others too. Port 0 takes any that is free. */
  host: string;
  port: number;
  /** Names under which it is reached beside those of the machine itself, as behind a proxy. Lower case, without port. */
  allowedHosts: readonly string[];
  /** IANA name: what a schedule means by an hour, and which date "today" is. */
  timeZone: string;
  /** Cron text by which `kindred serve` refreshes; null where it does not. */
  refreshSchedule: string | null;
  reclusterSchedule: string | null;
  /** Whether the result of a scheduled re-clustering is promoted without asking a person. */
  autoPromote: boolean;
  /** What a sender of events has to show to `kindred serve`; absent where it takes none. */
  eventsToken: string | undefined;
  /** Seals the secrets of connections, and hashes who was erased; null where none is set. */
  key: Buffer | null;
  /** When `kindred serve` pulls from the connected tools; null where it does not. */
  syncInSchedule: string | null;
  /** Share of the members at a destination that may change after a refresh without asking; what new syncs begin with. */
  syncMostChange: number;
  /** For how long rows are kept. */
  keep: Retention;
  /** null where Slack is not connected. */
  slack: SlackConfig | null;
  agent: AgentConfig;
}

/** How the language model is reached, and what it may spend. */
export interface AgentConfig {
  /** null where there is none: then texts are the deterministic ones. */
  apiKey: string | null;
  /** A server that speaks the Messages API; Anthropic's own where null. */
  baseUrl: string | null;
  model: string;
  /** US dollars per million tokens, for models whose prices Kindred does not know. */
  prices: ModelPrices | null;
  /** Caps of one answer: requests, tokens in and out, US dollars; and US dollars of a day. */
  limits: { turns: number; tokens: number; cost: number; dayCost: number };
}

export interface ModelPrices {
  input: number;
  output: number;
}

/** The one place that reads the environment. `dataDir` from the command line wins; a blank means that it is not set. */
export function readConfig(env: NodeJS.ProcessEnv, dataDir?: string, cwd = process.cwd()): Config {
  const told = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(told);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new InputError(`${issue.path.join('.')}: ${issue.message}`, 'Correct this environment variable.');
  }
  const { data } = parsed;
  return {
    dataDir: resolve(cwd, dataDir || data.KINDRED_DATA),
    warehouseUrl: data.WAREHOUSE_URL,
    databaseUrl: data.DATABASE_URL,
    threads: data.KINDRED_THREADS,
    memoryMb: data.KINDRED_MEMORY_MB,
    host: data.KINDRED_HOST,
    port: data.KINDRED_PORT,
    allowedHosts: data.KINDRED_ALLOWED_HOSTS,
    timeZone: data.KINDRED_TIME_ZONE,
    refreshSchedule: data.KINDRED_REFRESH_SCHEDULE,
    reclusterSchedule: data.KINDRED_RECLUSTER_SCHEDULE,
    autoPromote: data.KINDRED_AUTO_PROMOTE,
    eventsToken: data.KINDRED_EVENTS_TOKEN,
    key: data.KINDRED_KEY ?? null,
    syncInSchedule: data.KINDRED_SYNC_IN_SCHEDULE,
    syncMostChange: data.KINDRED_SYNC_MOST_CHANGE,
    keep: retentionConfig(data),
    slack: slackConfig(data),
    agent: {
      // A server of one's own often asks for no key; the client wants one all the same.
      apiKey: data.ANTHROPIC_API_KEY ?? (data.ANTHROPIC_BASE_URL ? 'none' : null),
      baseUrl: data.ANTHROPIC_BASE_URL ?? null,
      model: data.KINDRED_MODEL,
      prices: data.KINDRED_MODEL_PRICES ?? null,
      limits: {
        turns: data.KINDRED_ANSWER_TURNS,
        tokens: data.KINDRED_ANSWER_TOKENS,
        cost: data.KINDRED_ANSWER_COST,
        dayCost: data.KINDRED_DAY_COST,
      },
    },
  };
}

/** Of five parts and with a next time: "0 6 31 2 *" reads well and never comes. */
function isSchedule(text: string): boolean {
  try {
    const cron = new Cron(text, { mode: '5-part', timezone: 'UTC', paused: true });
    return text.trim().split(/\s+/).length === 5 && cron.nextRun() !== null;
  } catch {
    return false;
  }
}
