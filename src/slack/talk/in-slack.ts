/**
 * An answer names commands of a terminal, which whoever asks in Slack mostly has not: those that Slack has an equal for, in
 * Slack's way. No command goes over the end of a line, so that parts of a text become the same as the whole.
 */
export function inSlack(text: string): string {
  return text
    .replaceAll(/`kindred segments`/g, '`/segments list`')
    .replaceAll(/`kindred segments ([\w-]+)`/g, '`/segments show $1`')
    .replaceAll(/`kindred (moves|drift)`/g, '`/segments $1`')
    .replaceAll(/`kindred approve p-\d+[^`\n]*`/g, '**Approve** on its card')
    .replaceAll(/`kindred reject p-\d+[^`\n]*`/g, '**Reject** on its card');
}
