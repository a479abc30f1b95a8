import { type Logger, WebClient, type WebClientOptions } from '@slack/web-api';
import type { SlackConfig } from '../config.ts';
import { type PatientOptions, patientFetch } from './connection/patient-fetch.ts';

/** How calls of the Web API are made: all waiting and trying again is in `patientFetch`, which knows what shows twice. */
export function clientOptions(
  { apiUrl }: Pick<SlackConfig, 'apiUrl'>,
  logger: Logger,
  patient?: PatientOptions,
): WebClientOptions {
  return {
    slackApiUrl: apiUrl,
    logger,
    fetch: patientFetch(patient),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  };
}

export function slackClient(token: string, options: WebClientOptions): WebClient {
  return new WebClient(token, options);
}
