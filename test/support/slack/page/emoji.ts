import { type Html, html, raw } from './html.ts';

/** Drawn, as the browser of the tests has no font for them. */
const disc = (colour: string) => `<circle cx="10" cy="10" r="8.5" fill="${colour}"/>`;
const stroke = 'fill="none" stroke="#fff" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"';
const thumb = (turn: string) =>
  `<g transform="${turn}"><path d="M6 9v8H3V9zM7 9l3.2-6.2c1.6 0 2.3 1 2 2.6L11.7 8H16c1 0 1.8.9 1.6 1.9l-1 5.4c-.2 1-1 1.7-2 1.7H7z" fill="#f2b632"/></g>`;

const line = (path: string) =>
  `<path d="${path}" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/>`;

const drawn: Record<string, string> = {
  '→': line('M3 10h13M11 5l5 5-5 5'),
  '←': line('M17 10H4M9 5l-5 5 5 5'),
  '↗': line('M5 15 15 5M7 5h8v8'),
  '↘': line('M5 5l10 10M15 7v8H7'),
  '↑': line('M10 17V4M5 9l5-5 5 5'),
  '↓': line('M10 3v13M5 11l5 5 5-5'),
  '✓': line('M4 11l4 4 8-10'),
  '🔴': disc('#dd2e44'),
  '🟡': disc('#fdcb58'),
  '🟢': disc('#78b159'),
  '🔵': disc('#55acee'),
  '🟠': disc('#f4900c'),
  '✅': `<rect x="1.5" y="1.5" width="17" height="17" rx="3" fill="#77b255"/><path d="M5.5 10.5 8.5 13.5 14.5 6.5" ${stroke}/>`,
  '❌': `<path d="M4 4l12 12M16 4L4 16" fill="none" stroke="#dd2e44" stroke-width="3.4" stroke-linecap="round"/>`,
  ℹ: `<rect x="1.5" y="1.5" width="17" height="17" rx="3" fill="#3b88c3"/><path d="M10 9v5M10 6v.01" ${stroke}/>`,
  '⚠': `<path d="M10 1.5 19 18H1z" fill="#ffcc4d" stroke="#ffcc4d" stroke-linejoin="round"/><path d="M10 7v5.5M10 15.2v.01" fill="none" stroke="#231f20" stroke-width="2" stroke-linecap="round"/>`,
  '🛑': `<path d="M6 1h8l5 5v8l-5 5H6l-5-5V6z" fill="#dd2e44"/>`,
  '👍': thumb(''),
  '👎': thumb('rotate(180 10 10)'),
};

const names: Record<string, string> = {
  large_green_circle: '🟢',
  red_circle: '🔴',
  large_yellow_circle: '🟡',
  large_blue_circle: '🔵',
  white_check_mark: '✅',
  x: '❌',
  warning: '⚠',
  information_source: 'ℹ',
  octagonal_sign: '🛑',
  '+1': '👍',
  thumbsup: '👍',
  '-1': '👎',
  thumbsdown: '👎',
};

const signs = new RegExp(`(?:${Object.keys(drawn).join('|')})\\ufe0f?`, 'gu');

/** Escaped markup with its emoji drawn. */
export function withEmoji(markup: string): string {
  return markup.replaceAll(signs, sign => picture(sign.replace('\ufe0f', '')).html);
}

/** By its name between colons; one that is not known shows as its name on yellow, so that it is seen to be alive. */
export function emoji(name: string): Html {
  const sign = names[name];
  return sign ? picture(sign) : html`<span class="emoji-name">:${name}:</span>`;
}

const picture = (sign: string): Html =>
  raw(`<svg class="emoji" viewBox="0 0 20 20" role="img" aria-label="${sign}">${drawn[sign]}</svg>`);
