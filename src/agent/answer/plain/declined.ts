import { traitAsked } from '../traits-said.ts';

/** What is declined whatever the words around it; null where the question may be answered. */
export function declined(question: string): string | null {
  for (const reason of reasons) {
    const answer = reason(question);
    if (answer !== null) return answer;
  }
  return null;
}

const reasons: readonly ((question: string) => string | null)[] = [
  decision,
  allowance,
  question => {
    const trait = traitAsked(question);
    return trait === null
      ? null
      : `Kindred does not tell or guess protected traits (“${trait}”), nor does it group customers by them. It can tell groups by what they do: how often, how lately, how much and what they buy.`;
  },
  question => (individual.test(question) ? noIndividuals : null),
  question => (sending.test(question) ? noSending : null),
  question => unknowable.find(({ words }) => words.test(question))?.answer ?? null,
];

function decision(question: string): string | null {
  const [proposal] = /\bp-\d+\b/.exec(question) ?? [];
  const decides = /\b(?:approve|reject|promote|decide|sign off|accept)\b/i.test(question);
  if (!decides || !(proposal || /\bfor me\b/i.test(question))) return null;
  return `Proposals are decided by a person, not by Kindred. \`kindred proposals${proposal ? ` show ${proposal}` : ''}\` shows what it would do; \`kindred approve ${proposal ?? 'ID'}\` or \`kindred reject ${proposal ?? 'ID'}\` decides it.`;
}

function allowance(question: string): string | null {
  if (!/\b(?:allow|unblock|release)\b/i.test(question)) return null;
  if (!/\bfor me\b|\b(?:feature|category|name)\b/i.test(question)) return null;
  return 'Kindred does not allow what is sensitive or blocked; a person does, on a lawful basis: `kindred allow FEATURE --basis BASIS --by NAME --reason TEXT` records it for a feature, `kindred block NAME --release --reason TEXT` for a name that was blocked.';
}

const individual =
  /\(an e-mail address\)|\(a telephone number\)|\b(?:e-?mail address(?:es)?|phone numbers?|names and addresses|home address(?:es)?|(?:single|one) (?:biggest|best|largest|top) (?:customer|buyer))\b|\b(?:customer|profile|buyer|person|order)\s+(?:id\s+|number\s+|no\.?\s+)?#?[a-z]{0,4}\d{3,}\b/i;

const noIndividuals =
  'Answers hold no individuals: no names, addresses or single customers. An audience can be written to a file by a person: `kindred audience list` shows those that are saved, `kindred audience export HANDLE --to FILE.csv` writes one.';

/** An order to write to people; "e-mail open rate" is none. */
const sending =
  /^(?:please |now |can you |could you )*(?:e-?mail|text|message|notify|write to|send)\s+(?:(?:an?|the)\s+(?:\S+\s+){0,3}(?:e-?mail|newsletter|message|voucher|coupon|offer|discount|text)s?\s+to\b|(?:the|all|every|our|them|him|her|these|those)\b(?!\s+(?:list|file|report|figures|numbers)))/i;

const noSending =
  'Kindred does not send anything. It finds whom to write to, and a person takes the list: `kindred ask` or `kindred audience` finds them and gives a handle, `kindred audience export HANDLE --to FILE.csv` writes the file for your e-mail tool.';

/** What no data of a shop can tell, and what would. */
const unknowable: readonly { words: RegExp; answer: string }[] = [
  {
    words:
      /\b(?:feel|feels|feeling|felt|think of us|thinks of us|like us|love us|hate us|happy with us|motivat\w+)\b/i,
    answer:
      'That cannot be known from this data: it tells what customers do, not what they feel or think. A survey of a few hundred of them, or a look at what they write to support, would tell. What they do is known: `kindred ask "what sets each segment apart?"`',
  },
  {
    words: /\bcompetitors?\b|\bcompetition\b|\b(?:other|rival) (?:shops?|stores?|retailers?|brands?)\b/i,
    answer:
      'That cannot be known from this data: what customers do elsewhere leaves no row here. A survey, or a panel that measures shopping across retailers, would tell. Whose orders here are fading is known: `kindred ask "which of our best customers are slipping away?"`',
  },
  {
    words:
      /\bnever (?:bought|ordered|purchased)(?: (?:anything|from us|here|at all|yet))+\b|\bnon-?(?:buyers|customers)\b/i,
    answer:
      'That cannot be known from this data: segments and predictions are made of customers who have bought at least once. Tests on your site, or a survey of visitors, would tell.',
  },
  {
    words:
      /\b(?:will|would)\b.{0,40}\b(?:campaign|promotion|voucher|newsletter|mailing|offer)\b.{0,40}\b(?:work|bring|earn|make|return|pay off|succeed)\b|\b(?:campaign|promotion|voucher|newsletter|mailing|offer)\b.{0,30}\b(?:will|would)\b.{0,20}\b(?:work|bring|earn|make|return|pay off|succeed)\b/i,
    answer:
      'That cannot be known before it is tried: what a campaign truly brings shows only against customers who were left out of it by lot. Keep such a part out, and compare after some weeks. What is at risk, and what a contact may cost, is known: `kindred budget --budget 500 --cost 0.35`.',
  },
];
