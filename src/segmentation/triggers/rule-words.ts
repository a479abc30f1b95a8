import { orderType, type TriggerCondition, type TriggerRule } from './trigger.ts';

/** "viewed Outerwear at least 3 times in 7 days, and did not order in 7 days". */
export function ruleWords({ all }: TriggerRule): string {
  return all.map(conditionWords).join(', and ');
}

function conditionWords(condition: TriggerCondition): string {
  const { atLeast, atMost, withinDays } = condition;
  const span = withinDays === 1 ? 'in a day' : `in ${withinDays} days`;
  if (atMost === 0) return `did not ${deed(condition, 'infinitive')} ${span}`;
  const number = atLeast ?? atMost!;
  const bound = atLeast === undefined ? 'at most' : 'at least';
  const orders = condition.type.toLowerCase() === orderType && number > 1;
  return `${deed(condition, 'past')} ${orders ? `on ${bound} ${number} days` : `${bound} ${often(number)}`} ${span}`;
}

const often = (number: number) => (number === 1 ? 'once' : number === 2 ? 'twice' : `${number} times`);

/** By event type in lower case: what somebody did, and what somebody did not do. `{}` is what it was done to. */
const deeds: Readonly<Record<string, { past: string; infinitive: string }>> = {
  'product viewed': { past: 'viewed {}', infinitive: 'view {}' },
  'product clicked': { past: 'clicked on {}', infinitive: 'click on {}' },
  'product list viewed': { past: 'looked through {}', infinitive: 'look through {}' },
  'product added': { past: 'put {} into the cart', infinitive: 'put {} into the cart' },
  'product removed': { past: 'took {} out of the cart', infinitive: 'take {} out of the cart' },
  'products searched': { past: 'searched for {}', infinitive: 'search for {}' },
  'page viewed': { past: 'viewed a page', infinitive: 'view a page' },
  'cart viewed': { past: 'looked into the cart', infinitive: 'look into the cart' },
  'checkout started': { past: 'started a checkout', infinitive: 'start a checkout' },
  [orderType]: { past: 'ordered', infinitive: 'order' },
  'email delivered': { past: 'was sent an e-mail', infinitive: 'receive an e-mail' },
  'email opened': { past: 'opened an e-mail', infinitive: 'open an e-mail' },
  'email link clicked': { past: 'clicked a link in an e-mail', infinitive: 'click a link in an e-mail' },
  unsubscribed: { past: 'unsubscribed', infinitive: 'unsubscribe' },
};

function deed({ type, category, sku }: TriggerCondition, form: 'past' | 'infinitive'): string {
  const own = { past: `had "${type}"`, infinitive: `have "${type}"` };
  const words = (deeds[type.toLowerCase()] ?? own)[form];
  const product = sku === undefined ? undefined : `product ${sku}`;
  const thing = [product, category].filter(part => part !== undefined).join(' of ');
  if (words.includes('{}')) return words.replace('{}', () => thing || 'products');
  if (thing === '') return words;
  return type.toLowerCase() === orderType ? `${words} ${thing}` : `${words} (${thing})`;
}
