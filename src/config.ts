import { resolve } from 'node:path';
import { Cron } from 'croner';
import { z } from 'zod';
import { InputError } from './errors.ts';

const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgres://');

const timeZone = z
  .string()
  .refine(isTimeZone, 'must be a time zone of the IANA list, such as Europe/London or UTC');

/** 'off' becomes null. */
const schedule = z
  .string()
  .refine(text => text === 'off' || isSchedule(text), {
    message: 'must be a cron text of five parts, such as "0 6 * * 1" for Mondays at 06:00, or off',
  })
  .transform(text => (text === 'off' ? null : text));

const loopback = z
  .string()
  .regex(
    /^(localhost|127(\.\d{1,3}){3}|::1)$/,
    'must be an address of this machine (127.0.0.1, ::1 or localhost): requests from elsewhere cannot prove who asks',
  );

const yesOrNo = z
  .enum(['true', 'false'], { error: 'must be true or false' })
  .transform(text => text === 'true');

const environment = z.object({
  KINDRED_DATA: z.string().default('./data'),
  WAREHOUSE_URL: postgresUrl.optional(),
  DATABASE_URL: postgresUrl.optional(),
  KINDRED_THREADS: z.coerce.number().int().min(1).max(64).optional(),
  KINDRED_MEMORY_MB: z.coerce.number().int().min(64).optional(),
  KINDRED_HOST: loopback.default('127.0.0.1'),
  KINDRED_PORT: z.coerce.number().int().min(0).max(65_535).default(7373),
  KINDRED_TIME_ZONE: timeZone.default('UTC'),
  KINDRED_REFRESH_SCHEDULE: schedule.default('0 6 * * 1'),
  KINDRED_RECLUSTER_SCHEDULE: schedule.default('0 7 * 1,4,7,10 1#1'),
  KINDRED_AUTO_PROMOTE: yesOrNo.default(false),
  KINDRED_EVENTS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, 'must be at least 16 letters, digits or signs, without spaces')
    .optional(),
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
  /** Where `kindred serve` listens; always an address of this machine. Port 0 takes any that is free. */
  host: string;
  port: number;
  /** IANA name: what a schedule means by an hour, and which date "today" is. */
  timeZone: string;
  /** Cron text by which `kindred serve` refreshes; null where it does not. */
  refreshSchedule: string | null;
  reclusterSchedule: string | null;
  /** Whether the result of a scheduled re-clustering is promoted without asking a person. */
  autoPromote: boolean;
  /** What a sender of events has to show to `kindred serve`; absent where it takes none. */
  eventsToken: string | undefined;
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
    timeZone: data.KINDRED_TIME_ZONE,
    refreshSchedule: data.KINDRED_REFRESH_SCHEDULE,
    reclusterSchedule: data.KINDRED_RECLUSTER_SCHEDULE,
    autoPromote: data.KINDRED_AUTO_PROMOTE,
    eventsToken: data.KINDRED_EVENTS_TOKEN,
  };
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
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
