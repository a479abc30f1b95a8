import type { ToolContext } from '../../tools/tool.ts';
import type { SlackContext } from '../context.ts';
import type { Person } from '../people.ts';

/** Kindred itself, for what it sends unasked: whoever is in the channel reads it. */
export const self: Person = { id: '', actor: 'kindred', role: 'viewer' };

export const ownTools = (slack: Pick<SlackContext, 'toolsOf'>): Promise<ToolContext> => slack.toolsOf(self);
