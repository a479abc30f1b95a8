import type { KnownBlock } from '@slack/types';
import type { Role } from '../../access/roles.ts';
import { counted, dayText, peopleText, shareText } from '../../markdown/figures.ts';
import { listed, number } from '../../segmentation/wording.ts';
import { actions, button } from '../blocks/actions.ts';
import { context, fields, section } from '../blocks/layout.ts';
import { bold, mrkdwn } from '../blocks/text.ts';
import { answerActions } from './answer-actions.ts';
import { bullets, facts, mayAct, moneyShort, sentence } from './figures.ts';
import type { ShownAudience } from './results.ts';

/**
 * Who may have the list of an audience: whoever may work with the data. Approvers decide what others propose; an analyst
 * asks for themselves, and the list goes to nobody else.
 */
export const exportRole: Role = 'analyst';

const MOST_TRAITS = 5;
const MOST_CLAUSES = 8;

/** The figures of an audience, and the way to its list for who may have it. */
export function audienceFigures(audience: ShownAudience, role: Role): KnownBlock[] {
  return [section(bold(audience.name)), ...figuresOf(audience), ...audienceActions(audience, role)];
}

function figuresOf(audience: ShownAudience): KnownBlock[] {
  const { currency } = audience;
  const money = (amount: number | null) => moneyShort(amount, currency);
  const { customers, buyers, share } = audience;
  const told = facts([
    [
      'Customers',
      `${peopleText(customers)}${share === null ? '' : ` (${shareText(share)} of ${peopleText(buyers)})`}`,
    ],
    ['Value at risk', money(audience.valueAtRisk)],
    ['Revenue of the last year', money(audience.revenueLastYear)],
    ['Revenue so far', money(audience.revenue)],
    ['Expected in the next 12 months', money(audience.lifetimeValue)],
    [
      'Orders expected in 90 days',
      audience.expectedOrders90 === null ? '' : number(audience.expectedOrders90, 0),
    ],
  ]);
  return fields(told);
}

/** The way to its list for who may have it, and under which handle it is kept. */
export function audienceActions({ handle, name, asOf, withheld }: ShownAudience, role: Role): KnownBlock[] {
  return [
    ...(mayAct(role, exportRole)
      ? [
          actions([
            button({
              action: answerActions.export,
              text: 'Export for me',
              value: handle,
              label: `Export the customers of ${name} for me alone`,
            }),
          ]),
        ]
      : []),
    context(
      ...[withheld === null ? '' : sentence(withheld), `Kept as ${mrkdwn(handle)}, as of ${dayText(asOf)}.`],
    ),
  ];
}

/** The same with who they are and how each clause found them. */
export function audienceBlocks(audience: ShownAudience, role: Role): KnownBlock[] {
  const { name, meaning, standsOut, segments, elsewhere, clauses } = audience;
  const traits = standsOut
    .slice(0, MOST_TRAITS)
    .map(({ label, here, all }) => `${mrkdwn(label)}: *${mrkdwn(here)}* (all customers: ${mrkdwn(all)})`);
  const places = [
    ...segments.map(({ name, customers }) => `${mrkdwn(name)} (${peopleText(customers)})`),
    ...(elsewhere === null ? [] : [`elsewhere (${peopleText(elsewhere)})`]),
  ];
  const steps = clauses.slice(0, MOST_CLAUSES).map(({ says, meets, dropped }) => {
    const left =
      dropped === 'fewer than 10' ? 'leaves out fewer than 10 or none' : `leaves out ${peopleText(dropped)}`;
    return `${sentence(says)}: met by ${counted(meets, 'customer')}, ${left}`;
  });
  return [
    section(bold(name)),
    ...(meaning ? [section(sentence(meaning))] : []),
    ...figuresOf(audience),
    ...(traits.length > 0 ? [section(`*What sets them apart*\n${bullets(traits)}`)] : []),
    ...(places.length > 0 ? [section(`*Where they stand*\n${listed(places)}`)] : []),
    ...(steps.length > 0 ? [section(`*How they are found*\n${bullets(steps)}`)] : []),
    ...audienceActions(audience, role),
  ];
}
