import { el } from './dom.ts';
import type { Spot } from './spots.ts';

export interface Tip {
  element: HTMLElement;
  show(spot: Spot, at: { x: number; y: number }, opens: boolean): void;
  hide(): void;
}

/** Words beside the pointer, for eyes only: who reads has the table. */
export function tip(): Tip {
  const element = el('div', { class: 'tip', 'aria-hidden': 'true', hidden: true });
  return {
    element,
    show({ title, lines, segment }, { x, y }, opens) {
      const hint = opens && segment !== null ? 'Select to see who they are' : null;
      element.replaceChildren(
        el('strong', {}, title),
        ...lines.map(line => el('div', {}, line)),
        ...(hint ? [el('div', { class: 'beside' }, hint)] : []),
      );
      element.hidden = false;
      const room = element.offsetParent?.clientWidth ?? 0;
      const { offsetWidth: width, offsetHeight: height } = element;
      element.style.left = `${Math.max(0, Math.min(x + 14, room - width))}px`;
      element.style.top = `${y - height - 12 < 0 ? y + 18 : y - height - 12}px`;
    },
    hide() {
      element.hidden = true;
    },
  };
}
