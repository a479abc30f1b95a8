import { traitAsked } from '../traits-said.ts';

/** What is declined whatever the words around it; null where the question may be answered. */
export function declined(question: string): string | null {
  const [proposal] = /\bp-\d+\b/.exec(question) ?? [];
  if (
    /\b(?:approve|reject|promote|allow|decide|sign off|accept)\b/i.test(question) &&
    (proposal || /\bfor me\b/i.test(question))
  )
    return `Proposals are decided by a person, not by Kindred. \`kindred proposals${proposal ? ` show ${proposal}` : ''}\` shows what it would do; \`kindred approve ${proposal ?? 'ID'}\` or \`kindred reject ${proposal ?? 'ID'}\` decides it.`;
  const trait = traitAsked(question);
  if (trait !== null)
    return `Kindred does not tell or guess protected traits (“${trait}”), nor does it group customers by them. It can tell groups by what they do: how often, how lately, how much and what they buy.`;
  if (
    /\(an e-mail address\)|\(a telephone number\)|\b(?:e-?mail address(?:es)?|phone numbers?|names and addresses|home address(?:es)?|(?:single|one) (?:biggest|best|largest|top) (?:customer|buyer))\b/i.test(
      question,
    )
  )
    return 'Answers hold no individuals: no names, addresses or single customers. An audience can be written to a file by a person: `kindred audience list` shows those that are saved, `kindred audience export HANDLE --to FILE.csv` writes one.';
  return null;
}
