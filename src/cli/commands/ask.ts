import type { Command } from 'commander';
import { answerQuestion } from '../../agent/answer/answer.ts';
import type { LoopEvent } from '../../agent/loop/loop.ts';
import { InputError } from '../../errors.ts';
import type { State } from '../../state/state.ts';
import { toolContext } from '../../tool-context.ts';
import { besideOthers, type CommandContext, printJson, reading } from '../context.ts';
import { decider } from '../decision.ts';
import { words } from '../options.ts';
import { exitCodes, type Terminal } from '../terminal.ts';
import { answerFooter, answerText } from '../views/answer.ts';

interface AskOptions {
  thread?: string;
  by?: string;
  data?: string;
  json?: boolean;
}

const examples = `
Examples:
  kindred ask "who are our lapsed but recoverable customers?"
  kindred ask "what moved this week, and does it matter?"
  kindred ask "where do 2,000 at 0.50 a contact do most?"
  kindred ask --thread c-1a2b3c4d "and which of them still click?"`;

export function registerAsk(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const command = program
    .command('ask')
    .description('ask a question about your customers, in plain words')
    .argument('<question...>', 'the question')
    .option('--thread <id>', 'go on with a conversation')
    .option('--by <name>', 'who asks (default: your user name on this machine)', words)
    .addHelpText('after', examples);
  reading(command).action(async (asked: string[], { thread, by, data, json }: AskOptions) => {
    const actor = decider(terminal, by);
    await besideOthers(context, 'ask', data, async (app, signal) => {
      await refuseUnknown(await app.state(), thread);
      const shown = json ? undefined : showing(terminal);
      const result = await answerQuestion({
        context: await toolContext(app, { actor, role: 'analyst', signal }),
        access: await app.model(),
        question: asked.join(' '),
        thread: thread ?? null,
        surface: 'cli',
        signal,
        onEvent: shown?.onEvent,
      });
      if (result.stop === 'cancelled') {
        terminal.err('Stopped: the question was taken back.\n');
        return context.exit(exitCodes.failed);
      }
      if (json) return printJson(context, result);
      shown!.finish(result.text);
      terminal.out(`\n${answerFooter(result, terminal.columns)}`);
    });
  });
}

/** A slip in an id would begin a new conversation, and nobody would see it. */
async function refuseUnknown(state: State, thread: string | undefined): Promise<void> {
  if (thread === undefined || (await state.conversations.messages(thread)).length > 0) return;
  throw new InputError(
    `There is no conversation "${thread}".`,
    'Ask without --thread; the answer says by which id to go on.',
  );
}

/** On a screen the answer appears as it is written, and tools as they are called; elsewhere all at once. */
function showing({ interactive, out, err, columns }: Terminal) {
  let written = '';
  let shown = 0;
  const print = (to: number) => {
    if (to > shown) out(`${answerText(written.slice(shown, to).replace(/\n$/, ''), columns)}\n`);
    shown = to;
  };
  return {
    onEvent(event: LoopEvent) {
      if (event.kind === 'tool' && interactive) err(`  ${event.title} …\n`);
      if (event.kind === 'tool-done' && !event.ok && interactive) err('  That did not work.\n');
      if (event.kind === 'again') {
        if (shown > 0) out('\n(The text above was taken back. The answer is:)\n\n');
        written = '';
        shown = 0;
      }
      if (event.kind !== 'text') return;
      written += event.text;
      // Whole lines, as they are wrapped.
      if (interactive) print(written.lastIndexOf('\n') + 1);
    },
    finish(text: string) {
      if (shown === 0) written = text;
      print(written.length);
    },
  };
}
