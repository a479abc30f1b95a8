import { expect, test } from 'vitest';
import { boltLog } from '../../../src/slack/connection/bolt-log.ts';

test('what Slack’s libraries warn of is logged, but for what people wrote and what is thrown as well', () => {
  const logged: string[] = [];
  const log = (_: object, message: string) => void logged.push(message);
  const logger = boltLog({ info: log, warn: log, error: log });
  logger.debug('http request body: {"text":"what somebody asked"}');
  logger.info('told');
  logger.warn('http request failed', 'fetch failed');
  logger.warn('superfluous_charset');
  logger.error('Slack listener cannot be attached', new Error('why'));
  expect(logged).toEqual([
    "Slack's library: superfluous_charset",
    "Slack's library: Slack listener cannot be attached why",
  ]);
});
