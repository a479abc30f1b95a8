import { refreshKey } from '../../segmentation/refresh/refresh-key.ts';
import { alertMessage } from '../views/alert.ts';
import type { SizesPicture } from './picture.ts';
import type { Render } from './renderer.ts';
import { isAbout, urgentFindings } from './urgent.ts';

/** The finding that a message asks for, as it stands by now. */
export const renderAlert =
  (picture: SizesPicture): Render =>
  async (slack, { subject }) => {
    const state = await slack.app.state();
    const record = await state.refreshes.latest();
    const { asOf, findings } = await urgentFindings(slack);
    const finding = findings.find(each => isAbout(subject, each));
    if (!record || !finding) return { superseded: 'It is no alert any more.' };
    // Sizes rest on the data that is missing.
    const shown = finding.kind === 'feed-stopped' ? null : await picture(slack, refreshKey(record));
    const { text, blocks } = alertMessage(finding, { asOf, refreshedAt: record.createdAt, picture: shown });
    return { text, parts: [blocks] };
  };
