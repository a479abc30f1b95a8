import { withEmoji } from './emoji.ts';
import {
  escaped,
  type Html,
  html,
  type Json,
  type Looks,
  listOf,
  nothing,
  objectOf,
  raw,
  textOf,
} from './html.ts';
import { mrkdwnHtml } from './mrkdwn.ts';

/** A text object. */
export function textHtml(value: unknown, looks: Looks): Html {
  const { type, text, verbatim } = objectOf(value);
  if (type === 'mrkdwn') return mrkdwnHtml(textOf(text), looks, verbatim === true);
  return raw(withEmoji(escaped(textOf(text))).replaceAll('\n', '<br>'));
}

export function imageHtml(image: Json, { fileOf }: Looks, kind: string): Html {
  const id = textOf(objectOf(image.slack_file).id);
  const bytes = id === '' ? undefined : fileOf(id);
  const alt = textOf(image.alt_text);
  if (bytes === undefined) return html`<div class="no-picture ${kind}" role="img">${alt}</div>`;
  const type = bytes[0] === 0x89 ? 'image/png' : 'image/jpeg';
  return html`<img class="${kind}" alt="${alt}" src="data:${type};base64,${Buffer.from(bytes).toString('base64')}">`;
}

/** What is pressed, chosen or typed. */
export function elementHtml(element: Json, looks: Looks): Html {
  const placeholder = textOf(objectOf(element.placeholder).text);
  switch (element.type) {
    case 'button': {
      const asks = element.confirm ? 'asks' : '';
      return html`<span class="button ${textOf(element.style)} ${asks}">${textHtml(element.text, looks)}</span>`;
    }
    case 'overflow':
      return html`<span class="button dots">•••</span>`;
    case 'feedback_buttons':
      return html`<span class="thumbs"><span>${raw(withEmoji('👍'))}</span><span>${raw(withEmoji('👎'))}</span></span>`;
    case 'icon_button':
      return html`<span class="thumbs"><span>${textHtml(element.text, looks)}</span></span>`;
    case 'image':
      return imageHtml(element, looks, 'accessory');
    case 'plain_text_input': {
      const value = textOf(element.initial_value);
      const lines = element.multiline === true ? 'area' : '';
      return html`<div class="field ${lines}">${value || html`<span class="hint">${placeholder}</span>`}</div>`;
    }
    case 'radio_buttons':
    case 'checkboxes': {
      const shape = element.type === 'radio_buttons' ? 'radio' : 'check';
      const chosen = [objectOf(element.initial_option), ...listOf(element.initial_options)].map(
        ({ value }) => value,
      );
      return html`${listOf(element.options).map(
        option =>
          html`<div class="choice"><span class="${shape} ${chosen.includes(option.value) && 'on'}"></span><span>${textHtml(
            option.text,
            looks,
          )}${option.description ? html`<br><span class="hint">${textHtml(option.description, looks)}</span>` : nothing}</span></div>`,
      )}`;
    }
    default: {
      const { initial_option: chosen, initial_date: date, initial_time: time } = element;
      const shown = textOf(objectOf(objectOf(chosen).text).text) || textOf(date) || textOf(time);
      return html`<span class="field select">${shown || placeholder || textOf(element.type)} <span class="chevron open"></span></span>`;
    }
  }
}
