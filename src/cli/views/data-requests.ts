import type { DataRequest } from '../../rights/data-requests.ts';
import { wrap } from './text.ts';

/** People who asked a shop what is held on them, and how they are answered. Blank where nobody did. */
export function dataRequestsView(requests: readonly DataRequest[], width: number): string {
  return requests
    .map(({ at, connection, person }) =>
      wrap(
        `On ${at.slice(0, 10)} a customer of ${connection} asked what is held on them. Answer within 30 days: \`kindred subject-report --id ${person}\`.`,
        width,
      ),
    )
    .map(text => `${text}\n`)
    .join('');
}
