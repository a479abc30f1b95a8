import { describe, expect, it } from 'vitest';
import { patientFetch } from '../../../src/slack/connection/patient-fetch.ts';

type Step = number | { retryAfter: string | null } | { code: string } | 'reset';

/** A Slack that answers call after call as told, and the pauses that were made. */
function slack(...steps: Step[]) {
  const pauses: number[] = [];
  let calls = 0;
  const fetch = async (): Promise<Response> => {
    const step = steps[Math.min(calls, steps.length - 1)]!;
    calls += 1;
    if (typeof step === 'number') return new Response('{}', { status: step });
    if (step === 'reset') throw new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } });
    if ('code' in step) throw new TypeError('fetch failed', { cause: step });
    const headers = step.retryAfter === null ? undefined : { 'retry-after': step.retryAfter };
    return new Response('', { status: 429, ...(headers && { headers }) });
  };
  const sleep = async (ms: number) => void pauses.push(ms);
  const ask = (method: string) => patientFetch({ fetch, sleep })(`https://slack.com/api/${method}`);
  return { ask, pauses, calls: () => calls };
}

describe('a call of the Web API', () => {
  it('waits for as long as Slack asks', async () => {
    const { ask, pauses } = slack({ retryAfter: '3' }, { retryAfter: '5' }, 200);
    expect((await ask('chat.postMessage')).status).toBe(200);
    expect(pauses).toEqual([3000, 5000]);
  });

  it('waits no longer than a minute in all', async () => {
    const { ask, pauses } = slack({ retryAfter: '25' });
    const response = await ask('chat.postMessage');
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '25']);
    expect(pauses).toEqual([25_000, 25_000]);
  });

  it.each(['0', null, 'soon'])('waits a second where Slack asks for "%s"', async retryAfter => {
    const { ask, pauses } = slack({ retryAfter }, 200);
    await ask('chat.update');
    expect(pauses).toEqual([1000]);
  });

  it('says for how long where Slack does not', async () => {
    const response = await slack({ retryAfter: null }).ask('chat.update');
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '1']);
  });

  it.each([503, 'reset', { code: 'ECONNREFUSED' }] as const)('is tried again where %j', async step => {
    const { ask, pauses, calls } = slack(step, step, 200);
    expect((await ask('conversations.history')).status).toBe(200);
    expect([pauses, calls()]).toEqual([[300, 1000], 3]);
  });

  it('is given up in the end', async () => {
    const away = slack('reset');
    await expect(away.ask('auth.test')).rejects.toThrow('fetch failed');
    expect(away.calls()).toBe(4);
    const broken = slack(503);
    expect((await broken.ask('auth.test')).status).toBe(503);
    expect(broken.calls()).toBe(4);
  });

  it.each([
    'chat.postMessage',
    'chat.postEphemeral',
    'chat.startStream',
    'chat.appendStream',
    'chat.stopStream',
    'files.completeUploadExternal',
    'views.open',
  ])('%s is not made twice where it may have been heard', async method => {
    const lost = slack('reset', 200);
    await expect(lost.ask(method)).rejects.toThrow('fetch failed');
    const broken = slack(500, 200);
    expect((await broken.ask(method)).status).toBe(500);
    expect([lost.calls(), broken.calls()]).toEqual([1, 1]);
  });

  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])(
    'is made again where it cannot have left (%s)',
    async code => {
      const { ask, calls } = slack({ code }, 200);
      await ask('chat.postMessage');
      expect(calls()).toBe(2);
    },
  );

  it('to an address that Slack gave for one answer is not made twice', async () => {
    let calls = 0;
    const fetch = async () => {
      calls += 1;
      return new Response('', { status: 500 });
    };
    await patientFetch({ fetch, sleep: async () => {} })('https://hooks.slack.com/commands/T1/2/abc');
    expect(calls).toBe(1);
  });

  it('ends with the one who waits', async () => {
    const ended = new AbortController();
    const fetch = async (_: unknown, init?: RequestInit) => {
      ended.abort(new Error('stopped'));
      init!.signal!.throwIfAborted();
      return new Response('');
    };
    const call = patientFetch({ fetch, ended: ended.signal })('https://slack.com/api/auth.test');
    await expect(call).rejects.toThrow('stopped');
  });
});
