import type { Source } from '../../pull/source.ts';
import { activityStream } from './activity-stream.ts';
import { memberStream } from './member-stream.ts';

export const mailchimpSource: Source = { vendor: 'mailchimp', streams: [memberStream, activityStream] };
