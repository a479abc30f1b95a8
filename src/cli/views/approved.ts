import type { Approved } from '../../segmentation/proposals/decide.ts';
import { exportedView } from './audience.ts';
import { segmentsView } from './segments.ts';
import { wrap } from './text.ts';

/** What came of an approval, and how to take it back where that is possible. */
export function approvedView(id: string, approved: Approved, width: number): string {
  switch (approved.kind) {
    case 'promoted':
      return `\nApproved: these are the segments as of ${approved.record.asOf}. \`kindred rollback\` takes it back.\n\n${segmentsView(approved.model, width)}`;
    case 'renamed': {
      const names = approved.model.segments
        .filter(({ key }) => approved.keys.includes(key))
        .map(({ key, persona }) => `  ${persona.name} (${key})`);
      return `Approved: ${id}. These segments have the new texts; who is in them stays:\n${names.join('\n')}\n`;
    }
    case 'allowed':
      return `${wrap(`Approved: ${id}. “${approved.body.label}” may be used from the next \`kindred segment\` or \`kindred recluster\` on. \`kindred block ${approved.body.feature}\` takes it back.`, width)}\n`;
    case 'sending':
      return `${wrap(`Approved: ${id}. A server (\`kindred serve\`) sends it by itself; without one \`kindred sync apply\` does. \`kindred sync show ${approved.body.sync}\` tells how far it is.`, width)}\n`;
    case 'written':
      return `Approved: ${id}.\n${exportedView(approved, approved.file, width)}`;
  }
}
