import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { FakeSlack } from '../test/support/slack/fake-slack.ts';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

export interface Serving {
  /** Milliseconds from the start of the process until it listens, and until Slack is connected (0 without Slack). */
  listens: number;
  connected: number;
  /** Resident memory in MB, where there is /proc. */
  residentMb(): number;
  /** Milliseconds of processor so far, in hundredths of a second, where there is /proc. */
  cpuMs(): number;
  stop(): Promise<void>;
}

/** What a person sets who lets everybody of the workspace ask. */
export function settingsOf(slack: FakeSlack): NodeJS.ProcessEnv {
  return {
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    KINDRED_SLACK_APPROVERS: `${slack.users.ana}:Ana`,
    KINDRED_SLACK_OTHERS: 'viewer',
    KINDRED_SLACK_DIGEST: slack.channels.marketing,
    KINDRED_SLACK_DIGEST_TIME: '00:00',
  };
}

/** `kindred serve` as a process of its own; with Slack where the settings say so. */
export async function startServing(data: string, settings: NodeJS.ProcessEnv): Promise<Serving> {
  const start = performance.now();
  const since = () => performance.now() - start;
  const child = spawn(process.execPath, [main, 'serve', '--data', data], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, KINDRED_PORT: '0', KINDRED_REFRESH_SCHEDULE: 'off', ...settings },
  });
  const ended = new Promise(resolve => child.on('close', resolve));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const until = async (wanted: RegExp) => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error('kindred serve ended.');
      if (wanted.test(value)) return since();
    }
  };
  const listens = await until(/^Kindred serves/);
  const connected = settings.SLACK_BOT_TOKEN === undefined ? 0 : await until(/^Slack: connected/);
  return {
    listens,
    connected,
    residentMb() {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
    },
    cpuMs() {
      const text = readFileSync(`/proc/${child.pid}/stat`, 'utf8');
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
      return (Number(fields[11]) + Number(fields[12])) * 10;
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
