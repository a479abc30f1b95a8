import { verdictOf } from '../../agent/answer/feedback-case.ts';
import type { JudgedReply, Verdict } from '../../state/replies.ts';
import { answerText } from './answer.ts';
import { counted, indent, oneLine, wrap } from './text.ts';

export function feedbackView(judged: readonly JudgedReply[], width: number): string {
  if (judged.length === 0)
    return 'No answer was judged yet. Each answer of `kindred ask` tells its id, for `kindred feedback good` or `bad`.\n';
  const bad = judged.filter(({ verdicts }) => verdictOf(verdicts) === 'bad').length;
  const head = `${counted(judged.length, 'judged text')}, of which ${bad === 0 ? 'nobody found any' : `${bad} ${bad === 1 ? 'was' : 'were'} found`} bad.`;
  return `${[wrap(head, width), ...judged.map(one => replyPart(one, width))].join('\n\n')}\n`;
}

function replyPart(reply: JudgedReply, width: number) {
  const { id, at, actor, surface, purpose, author, question, text, verdicts } = reply;
  const by = author === 'model' ? 'by the model' : 'without a model';
  const day = at.slice(0, 10);
  const asked =
    purpose === 'digest'
      ? `digest of ${day}, written ${by}`
      : `asked by ${oneLine(actor)} (${surface}) on ${day}, answered ${by}`;
  return [
    wrap(`r-${id}, ${verdictOf(verdicts)}: ${asked}`, width),
    indent(wrap(`“${oneLine(question)}”`, width - 2), 2),
    indent(wrap(beginning(text), width - 2), 2),
    ...verdicts.map(verdict => indent(wrap(verdictLine(verdict), width - 2), 2)),
  ].join('\n');
}

const verdictLine = ({ actor, verdict, comment }: Verdict) =>
  `${oneLine(actor)}: ${verdict}${comment === null ? '' : `, “${oneLine(comment)}”`}`;

const longest = 160;

/** Of an answer, without its marks. */
function beginning(text: string): string {
  const plain = oneLine(answerText(text, Number.POSITIVE_INFINITY));
  return plain.length <= longest ? plain : `${plain.slice(0, plain.lastIndexOf(' ', longest))} …`;
}
