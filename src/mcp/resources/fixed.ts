import type { Annotations } from '@modelcontextprotocol/server';
import { latestDigest } from '../../agent/tasks/digest/digest.ts';
import type { Config } from '../../config.ts';
import { digestMarkdown } from '../../markdown/digest.ts';
import { page } from '../../markdown/page.ts';
import type { ToolContext } from '../../tools/tool.ts';
import { modelCardText, proposalsText, readinessText, segmentsText } from './contents.ts';
import { governanceText } from './governance.ts';
import { uris } from './uris.ts';

/** A page that there is always one of. */
export interface Fixed {
  uri: string;
  title: string;
  description: string;
  annotations: Annotations;
  write(context: ToolContext): Promise<string>;
}

const forBoth = (priority: number): Annotations => ({ audience: ['user', 'assistant'], priority });

export function fixedResources(config: Config): Fixed[] {
  return [
    {
      uri: uris.digest,
      title: 'Digest of the week',
      description: 'What changed since the refresh before, why, and what to do about it',
      annotations: forBoth(1),
      write: digestText,
    },
    {
      uri: uris.segments,
      title: 'All segments',
      description: 'The segments side by side: customers, revenue, trend, value at risk, and who they are',
      annotations: forBoth(0.9),
      write: ifSegmented('Segments', segmentsText),
    },
    {
      uri: uris.proposals,
      title: 'Open proposals',
      description: 'Changes that wait for a person to decide, with what each would change',
      annotations: forBoth(0.6),
      write: proposalsText,
    },
    {
      uri: uris.readiness,
      title: 'Readiness of the data',
      description: 'What the data of the shop can carry, what is missing, and what that would bring',
      annotations: forBoth(0.5),
      write: readinessText,
    },
    {
      uri: uris.modelCard,
      title: 'Model card',
      description: 'How the segments were found: recipe, number of groups, stability, fingerprints',
      annotations: forBoth(0.4),
      write: ifSegmented('Model card', modelCardText),
    },
    {
      uri: uris.governance,
      title: 'Data protection review',
      description:
        'What is held, used, sent to a language model, blocked and decided, and on which lawful basis',
      annotations: forBoth(0.3),
      write: context => governanceText(context, config),
    },
  ];
}

async function digestText(context: ToolContext): Promise<string> {
  const digest = await latestDigest(context);
  return digest === null ? page('Digest of the week', noSegments) : digestMarkdown(digest);
}

const noSegments = 'There are no segments yet. Run `kindred import` with your files, then `kindred segment`.';

/** A shop without segments is no failure: the page says what to do. */
function ifSegmented(
  title: string,
  write: (context: ToolContext) => Promise<string>,
): (context: ToolContext) => Promise<string> {
  return async context => ((await context.state.models.current()) ? write(context) : page(title, noSegments));
}
