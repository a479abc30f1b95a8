import type { Looks } from './html.ts';

/** messaging/formatting-message-text: tokens of `<!date^…>` in the reader's zone. */
export function dateText(seconds: number, format: string, { now, zone }: Looks): string {
  const at = new Date(seconds * 1000);
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-US', { timeZone: zone, ...options }).format(at);
  const day = (moment: Date) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(moment);
  const days = Math.round((Date.parse(day(at)) - Date.parse(day(now))) / 86_400_000);
  const near = ({ '-1': 'yesterday', 0: 'today', 1: 'tomorrow' } as Record<string, string>)[days];
  const short = part({ month: 'short', day: 'numeric', year: 'numeric' });
  const long = part({ weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' });
  const plain = part({ month: 'long', day: 'numeric' });
  const tokens: Record<string, string> = {
    date: plain,
    date_pretty: near ?? plain,
    date_short: short,
    date_short_pretty: near ?? short,
    date_long: long,
    date_long_pretty: near ?? long,
    date_num: day(at),
    time: part({ hour: 'numeric', minute: '2-digit' }),
    time_secs: part({ hour: 'numeric', minute: '2-digit', second: '2-digit' }),
  };
  return format.replaceAll(/\{(\w+)\}/g, (whole, token: string) => tokens[token] ?? whole);
}
