import { createHmac } from 'node:crypto';
import { isValidSlackRequest } from '@slack/bolt';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRecent, isSigned } from '../../../src/slack/connection/signature.ts';

const secret = '8f742231b10e8888abcd99yyyzzz85a5';
const now = new Date('2026-11-23T08:00:00Z');
const at = (seconds: number) => String(now.getTime() / 1000 + seconds);
const sign = (body: string, timestamp: string, key = secret) =>
  `v0=${createHmac('sha256', key).update(`v0:${timestamp}:${body}`).digest('hex')}`;

describe('the signature', () => {
  it('is taken as Slack’s own library takes it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('v0=', 'v1=', '', 'v0'),
        fc.constantFrom<'right' | 'other body' | 'other key' | 'other time' | 'cut'>(
          'right',
          'other body',
          'other key',
          'other time',
          'cut',
        ),
        (body, version, how) => {
          const timestamp = at(-3);
          const signed = {
            right: sign(body, timestamp),
            'other body': sign(`${body} `, timestamp),
            'other key': sign(body, timestamp, `${secret}x`),
            'other time': sign(body, at(-4)),
            cut: sign(body, timestamp).slice(0, -1),
          }[how];
          const signature = signed.replace('v0=', version);
          const theirs = isValidSlackRequest({
            signingSecret: secret,
            body,
            headers: { 'x-slack-signature': signature, 'x-slack-request-timestamp': Number(timestamp) },
            nowMilliseconds: now.getTime(),
          });
          const ours = isSigned({ body: Buffer.from(body), timestamp, signature }, secret);
          expect(ours).toBe(theirs);
          expect(ours).toBe(how === 'right' && version === 'v0=');
        },
      ),
    );
  });

  it.each(['', 'v0=', 'v0=zz', `v0=${'0'.repeat(63)}`, `v0=${'0'.repeat(64)}`, `v0=${'0'.repeat(65)}`])(
    '"%s" is none',
    signature => {
      expect(isSigned({ body: Buffer.from('{}'), timestamp: at(0), signature }, secret)).toBe(false);
    },
  );

  it('covers bytes that are no text', () => {
    const body = Buffer.from([0xff, 0xfe, 0x00, 0x80]);
    const hmac = createHmac('sha256', secret)
      .update(`v0:${at(0)}:`)
      .update(body)
      .digest('hex');
    expect(isSigned({ body, timestamp: at(0), signature: `v0=${hmac}` }, secret)).toBe(true);
  });
});

describe('the time of a request', () => {
  it.each([
    [at(0), true],
    [at(-300), true],
    [at(-301), false],
    [at(300), true],
    [at(301), false],
    ['', false],
    ['soon', false],
    ['-1', false],
    ['1e9', false],
    [`${at(0)}.5`, false],
  ])('%s: %s', (timestamp, recent) => {
    expect(isRecent(timestamp, now)).toBe(recent);
  });
});
