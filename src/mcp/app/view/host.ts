import type { App } from '@modelcontextprotocol/ext-apps';

type Result = Awaited<ReturnType<App['callServerTool']>>;

/** What a call gave, or what went wrong in words for a person. */
export type Answer = { told: Record<string, unknown> } | { problem: string };

/** What the page asks of the chat around it. What a host does not offer is not asked for. */
export interface Host {
  canCall: boolean;
  canSay: boolean;
  call(tool: string, input: Record<string, unknown>): Promise<Answer>;
  /** Puts a message of the person into the chat; false where the host would not. */
  say(text: string): Promise<boolean>;
  /** Tells the model what the person looks at, for when it is asked next; replaces what was told before. */
  tell(text: string, content: Record<string, unknown>): void;
}

export function hostOf(app: App): Host {
  const { serverTools, message, updateModelContext } = app.getHostCapabilities() ?? {};
  const onlyStructured = updateModelContext?.structuredContent && !updateModelContext.text;
  return {
    canCall: serverTools !== undefined,
    canSay: message !== undefined,
    async call(name, input) {
      try {
        return answerOf(await app.callServerTool({ name, arguments: input }));
      } catch (error) {
        return { problem: `The chat could not reach Kindred. ${wordsOf(error)}`.trim() };
      }
    },
    async say(text) {
      const sent = app.sendMessage({ role: 'user', content: [{ type: 'text', text }] });
      return sent.then(({ isError }) => !isError).catch(() => false);
    },
    tell(text, content) {
      if (!updateModelContext) return;
      const told = onlyStructured ? { structuredContent: content } : { content: [textOf(text)] };
      // The person loses nothing where the host will not have it.
      app.updateModelContext(told).catch(() => {});
    },
  };
}

/** Errors of tools say what to do in their text. */
export function answerOf({ isError, structuredContent, content }: Result): Answer {
  const text = content.flatMap(block => (block.type === 'text' ? [block.text] : [])).join('\n');
  if (isError) return { problem: text.trim() || 'Kindred could not answer.' };
  if (typeof structuredContent === 'object' && structuredContent !== null)
    return { told: structuredContent as Record<string, unknown> };
  return { problem: 'The chat passed on no figures to draw from.' };
}

const textOf = (text: string) => ({ type: 'text' as const, text });

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : '');
