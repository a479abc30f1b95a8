import { z } from 'zod';
import type { Role } from './access/roles.ts';
import { InputError } from './errors.ts';
import { isTimeZone } from './time-zone.ts';

/** One app in one workspace of Slack. */
export interface SlackConfig {
  botToken: string;
  /** For a connection that Kindred opens itself; null where Slack calls Kindred over HTTP. */
  appToken: string | null;
  /** What Slack signs its requests with; null where it sends none. */
  signingSecret: string | null;
  /** Ends in a slash. */
  apiUrl: string;
  /** Who may do what, each with the name that is kept with what they do. */
  people: readonly SlackPerson[];
  /** What everybody else of the workspace may do; null: nothing. */
  others: 'viewer' | null;
  /** Where the weekly digest and alerts go; in each the digest comes not before `digestTime` by its own clock, "08:00". */
  digestChannels: readonly { id: string; timeZone: string }[];
  digestTime: string;
  /** Where proposals are laid before people; null where they appear only where they were asked for. */
  approvalsChannel: string | null;
}

interface SlackPerson {
  id: string;
  /** Blank where none was told. */
  name: string;
  role: Role;
}

/** What stands between commas. */
const partsOf = (text: string) =>
  text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '');

/** "U012AB3CD:Anna, W045": ids of Slack users, each with the name that is kept with what they decide. */
const slackPeople = z
  .string()
  .transform(text =>
    partsOf(text).map(part => {
      const [id = '', ...name] = part.split(':');
      return { id: id.trim(), name: name.join(':').trim() };
    }),
  )
  .refine(people => people.every(({ id }) => /^[UW][A-Z0-9]{2,}$/.test(id)), {
    message:
      'must be member IDs of Slack, separated by commas, each with a name behind a colon if you like, such as U012AB3CD:Anna, U045EF6GH',
  });

const slackChannel = /^[CGD][A-Z0-9]{2,}$/;

/** "C012AB3CD, C045@America/New_York": ids of channels; the zone is that of the schedules where none is told. */
const slackChannels = z
  .string()
  .transform(text =>
    partsOf(text).map(part => {
      const [id = '', zone] = part.split('@').map(piece => piece.trim());
      return { id, timeZone: zone ?? null };
    }),
  )
  .refine(channels => channels.every(({ id }) => slackChannel.test(id)), {
    message:
      'must be channel IDs of Slack, separated by commas, such as C012AB3CD or C012AB3CD@Europe/London',
  })
  .refine(channels => new Set(channels.map(({ id }) => id)).size === channels.length, {
    message: 'must name each channel once',
  })
  .refine(channels => channels.every(({ timeZone: zone }) => zone === null || isTimeZone(zone)), {
    message: 'must have a time zone of the IANA list behind each @, such as C012AB3CD@America/New_York',
  });

/** What the environment may say about Slack; `src/config.ts` reads it. */
export const slackEnvironment = {
  SLACK_BOT_TOKEN: z
    .string()
    .trim()
    .regex(/^xoxb-\S+$/, 'must be the bot token of the Slack app, which begins with xoxb-')
    .optional(),
  SLACK_APP_TOKEN: z
    .string()
    .trim()
    .regex(/^xapp-\S+$/, 'must be an app-level token of the Slack app, which begins with xapp-')
    .optional(),
  SLACK_SIGNING_SECRET: z.string().trim().min(16, 'must be the signing secret of the Slack app').optional(),
  SLACK_API_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://slack-gov.com/api/' })
    .default('https://slack.com/api/'),
  KINDRED_SLACK_APPROVERS: slackPeople.default([]),
  KINDRED_SLACK_ANALYSTS: slackPeople.default([]),
  KINDRED_SLACK_VIEWERS: slackPeople.default([]),
  KINDRED_SLACK_OTHERS: z
    .enum(['viewer', 'nothing'], { error: 'must be viewer or nothing' })
    .default('nothing'),
  KINDRED_SLACK_DIGEST: slackChannels.default([]),
  KINDRED_SLACK_DIGEST_TIME: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of the day such as 08:00')
    .default('08:00'),
  KINDRED_SLACK_APPROVALS: z
    .string()
    .trim()
    .regex(slackChannel, 'must be the ID of a Slack channel, such as C012AB3CD')
    .optional(),
};

type SlackEnvironment = z.output<z.ZodObject<typeof slackEnvironment>>;

/** A token alone connects nothing: that is told, and not taken for "not connected". */
export function slackConfig(data: SlackEnvironment & { KINDRED_TIME_ZONE: string }): SlackConfig | null {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = data;
  if (botToken === undefined && appToken === undefined && signingSecret === undefined) return null;
  if (botToken === undefined)
    throw new InputError(
      'Of Slack’s tokens SLACK_BOT_TOKEN is not set.',
      'Set it too: kindred needs the bot token and either SLACK_APP_TOKEN or SLACK_SIGNING_SECRET.',
    );
  if (appToken === undefined && signingSecret === undefined)
    throw new InputError(
      'SLACK_BOT_TOKEN is set, but neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET.',
      'Set SLACK_APP_TOKEN, for a connection that Kindred opens itself, or SLACK_SIGNING_SECRET, for one over HTTP.',
    );
  const roles = { approver: 'APPROVERS', analyst: 'ANALYSTS', viewer: 'VIEWERS' } as const;
  const people = (['approver', 'analyst', 'viewer'] as const).flatMap(role =>
    data[`KINDRED_SLACK_${roles[role]}`].map(person => ({ ...person, role })),
  );
  const twice = people.find(({ id }, i) => people.findIndex(person => person.id === id) !== i);
  if (twice)
    throw new InputError(
      `${twice.id} is named more than once in KINDRED_SLACK_APPROVERS, _ANALYSTS and _VIEWERS.`,
      'Name everybody once: approvers may do what analysts may, and analysts what viewers may.',
    );
  return {
    botToken,
    appToken: appToken ?? null,
    signingSecret: signingSecret ?? null,
    apiUrl: data.SLACK_API_URL.replace(/\/*$/, '/'),
    people,
    others: data.KINDRED_SLACK_OTHERS === 'viewer' ? 'viewer' : null,
    digestChannels: data.KINDRED_SLACK_DIGEST.map(({ id, timeZone }) => ({
      id,
      timeZone: timeZone ?? data.KINDRED_TIME_ZONE,
    })),
    digestTime: data.KINDRED_SLACK_DIGEST_TIME,
    approvalsChannel: data.KINDRED_SLACK_APPROVALS ?? null,
  };
}
