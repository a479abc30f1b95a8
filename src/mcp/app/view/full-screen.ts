import { button, icon } from './dom.ts';

export interface FullScreenButton {
  element: HTMLElement;
  show(full: boolean): void;
}

export function fullScreenButton(pressed: () => void): FullScreenButton {
  const element = button({ class: 'plain' }, pressed);
  const show = (full: boolean) => {
    const words = full ? 'Leave full screen' : 'Full screen';
    element.setAttribute('aria-label', words);
    element.title = words;
    element.replaceChildren(
      icon(
        full
          ? 'M6 2.5V6H2.5M10 2.5V6h3.5M6 13.5V10H2.5M10 13.5V10h3.5'
          : 'M2.5 6V2.5H6M10 2.5h3.5V6M2.5 10v3.5H6M13.5 10v3.5H10',
      ),
    );
  };
  show(false);
  return { element, show };
}
