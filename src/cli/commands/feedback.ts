import { type Command, InvalidArgumentError, Option } from 'commander';
import { type FeedbackCase, feedbackCaseOf } from '../../agent/answer/feedback-case.ts';
import { judgeReply } from '../../agent/answer/judge-reply.ts';
import { InputError } from '../../errors.ts';
import type { Verdict } from '../../state/replies.ts';
import { writeWhole } from '../../write-whole.ts';
import { besideOthers, type CommandContext, pathFrom, printJson, reading } from '../context.ts';
import { decider } from '../decision.ts';
import { words } from '../options.ts';
import { feedbackView } from '../views/feedback.ts';
import { counted } from '../views/text.ts';

interface FeedbackOptions {
  by?: string;
  to: string;
  data?: string;
  json?: boolean;
}

const help = `
Examples:
  kindred feedback
  kindred feedback bad r-12 "It named the segment of last month."
  kindred feedback good r-13
  kindred feedback export --to feedback.jsonl

The evals ask what was judged again: see evals/README.md.`;

/** What people think of answers. None of it waits for its turn at the stores: nothing of the warehouse is read. */
export function registerFeedback(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const feedback = program
    .command('feedback')
    .description('what people thought of answers, newest first; or say what you think of one')
    .addHelpText('after', help);
  reading(feedback).action(async ({ data, json }: FeedbackOptions) => {
    await besideOthers(context, 'feedback', data, async app => {
      const judged = (await (await app.state()).replies.judged()).toReversed();
      if (json) printJson(context, { replies: judged });
      else terminal.out(feedbackView(judged, terminal.columns));
    });
  });
  registerVerdict(feedback, context, 'good', 'an answer was of use');
  registerVerdict(feedback, context, 'bad', 'an answer was wrong, or no answer');

  const exporting = feedback
    .command('export')
    .description('write what was judged as cases for the evals, without who asked and who judged')
    .addOption(new Option('--to <file>', 'the file, a case a line').makeOptionMandatory());
  reading(exporting).action(async (_options: unknown, command: Command) => {
    const { to, data, json } = command.optsWithGlobals<FeedbackOptions>();
    await besideOthers(context, 'feedback export', data, async app => {
      const { replies, models } = await app.state();
      const model = await models.current();
      const all = await replies.judged();
      const answers = all.filter(({ purpose }) => purpose === 'answer');
      const cases: FeedbackCase[] = [];
      for (const judged of answers) cases.push(feedbackCaseOf(judged, await replies.earlier(judged), model));
      if (cases.length === 0)
        throw new InputError(
          'No answer was judged yet.',
          'Say what you think of one with `kindred feedback good` or `bad` and its id.',
        );
      const lines = cases.map(one => `${JSON.stringify(one)}\n`).join('');
      await writeWhole(pathFrom(terminal, to), lines, 'The feedback');
      const digests = all.length - answers.length;
      if (json) return printJson(context, { file: to, cases: cases.length, digests });
      const left = digests === 0 ? '' : ` Left out, as nobody asks for them: ${counted(digests, 'digest')}.`;
      terminal.out(`Wrote ${counted(cases.length, 'case')} to ${to}.${left}\n`);
    });
  });
}

function registerVerdict(
  feedback: Command,
  context: CommandContext,
  verdict: Verdict['verdict'],
  what: string,
): void {
  const { terminal } = context;
  const command = feedback
    .command(verdict)
    .description(`say that ${what}; your last word on it stands`)
    .argument('<reply>', 'its id, as the answer tells it', replyId)
    .argument('[comment...]', 'why, in a sentence')
    .option('--by <name>', 'who says so (default: your user name on this machine)', words);
  reading(command).action(async (reply: number, comment: string[], _options: unknown, command: Command) => {
    const { by, data, json } = command.optsWithGlobals<FeedbackOptions>();
    const actor = decider(terminal, by);
    await besideOthers(context, `feedback ${verdict}`, data, async ({ state, now }) => {
      const said = { reply, actor, verdict, comment: comment.length === 0 ? null : comment.join(' ') };
      await judgeReply({ state: await state(), now }, said);
      if (json) printJson(context, { reply: `r-${reply}`, verdict });
      else terminal.out(`Noted: r-${reply} is ${verdict}. \`kindred feedback\` lists what was judged.\n`);
    });
  });
}

function replyId(text: string): number {
  const [, digits] = /^r-(\d{1,15})$/i.exec(text.trim()) ?? [];
  if (digits === undefined) throw new InvalidArgumentError('Give the id of an answer, such as r-12.');
  return Number(digits);
}
