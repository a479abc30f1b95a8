import type { PlanBody } from '../../activation/sync.ts';
import { capitalised, fence, formatSize, formatValue, listed, tamed } from '../wording.ts';

/** How a number of customers is told; who reads in a channel, or through a model, is told coarsely. */
export type Sized = (customers: number) => string;

/** For a person at a terminal. */
export const exactly: Sized = formatSize;

type Of = Pick<PlanBody, 'target' | 'title' | 'connection'>;

const place = ({ target, title }: Of) => `“${tamed(target)}” at ${title}`;
const people = (customers: number, sized: Sized) => (customers === 0 ? 'nobody' : sized(customers));

/** What a plan would do, in a sentence. */
export function planSummary(body: PlanBody, sized: Sized = exactly): string {
  const { handle, name, kind, counts } = body;
  const who = `${handle} (${tamed(name)})`;
  if (kind === 'end')
    return `${capitalised(people(counts.removes, sized))} whom Kindred put into ${place(body)} for ${who} would be taken out again, and it would be kept there no more.`;
  const { adds, removes, updates } = counts;
  if (adds + removes + updates === 0)
    return `${who} would be kept in ${place(body)}; ${counts.against === 'destination' ? 'all of it is there as it should be' : 'nothing differs from what Kindred sent last'}.`;
  const parts = [
    ...(adds > 0 ? [`${sized(adds)} added`] : []),
    ...(removes > 0 ? [`${sized(removes)} removed`] : []),
    ...(updates > 0 ? [`${sized(updates)} brought up to date`] : []),
  ];
  return `${who} would be kept in ${place(body)}: ${listed(parts)}.`;
}

/** What changes and what does not, a sentence each, most telling first. */
export function planChanges(body: PlanBody, sized: Sized = exactly): string[] {
  const { kind, counts, asksAgain, title, canShow, holdout } = body;
  const told = (customers: number) => people(customers, sized);
  const { adds, removes, updates, unchanged, suppressed } = counts;
  if (kind === 'end')
    return [
      `Removed: ${told(removes)}, and whoever is put there until it is approved. Only whom Kindred added; who was there before stays.`,
      'From then on it follows no refresh.',
    ];
  const blind =
    counts.against === 'last sent'
      ? `${title} does not tell who is there: this is the difference from what Kindred sent last, and cannot be checked beforehand.`
      : `This is the difference from who is there now, as ${title} told it.`;
  return [
    ...(asksAgain === '' ? [] : [asksAgain]),
    `Added: ${told(adds)}. Removed: ${told(removes)}${removes > 0 ? ', only whom Kindred added' : ''}.`,
    `Stay as they are: ${told(unchanged)}.${updates > 0 ? ` Brought up to date: ${sized(updates)}.` : ''}`,
    suppressed.length === 0
      ? 'Nobody else is left out.'
      : `Left out: ${suppressed.map(({ reason, customers }) => `${sized(customers)} (${tamed(reason)})`).join('; ')}.`,
    `Held out: ${told(counts.holdout)}, ${formatValue(holdout, 'share', null)} of those who could be sent, so that it shows what the list earns. They are never sent.`,
    ...(canShow === '' ? [] : [canShow]),
    blind,
  ];
}

/** Where it goes, on what basis, and what happens then; a sentence each. */
export function planBasis({ connection, basis, mostChange, channel, ...body }: PlanBody): string[] {
  const interest =
    basis.lawfulBasis === 'consent' ? 'consent' : `legitimate interest, ${fence(basis.interest)}`;
  return [
    `Goes to ${place({ ...body, connection })}, through the connection ${connection}.`,
    `Lawful basis: ${interest}; who has not given the permission that it needs is left out.`,
    ...(channel === 'advertising' ? ['The platform sees a neutral name and no properties.'] : []),
    ...(body.kind === 'end'
      ? []
      : [
          `After each refresh it follows by itself, unless more than ${formatValue(mostChange, 'share', null)} of the members there would change.`,
        ]),
  ];
}
