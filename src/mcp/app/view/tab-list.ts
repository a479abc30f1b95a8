import type { ChartKind } from '../../../charts/chart-data.ts';
import { tabs } from './chart-answer.ts';
import { button, el } from './dom.ts';

export interface TabList {
  element: HTMLElement;
  /** Marks a tab as the one that is seen. */
  mark(kind: ChartKind): void;
}

/** Tabs by the pattern that screen readers know: one stop on the way of the Tab key, arrows between them. */
export function tabList(panel: string, chosen: (kind: ChartKind) => void): TabList {
  const all = tabs.map(({ kind, label }) => {
    const tab = button({ role: 'tab', id: `tab-${kind}`, 'aria-controls': panel }, () => chosen(kind), label);
    return { kind, tab };
  });
  const element = el(
    'div',
    { role: 'tablist', 'aria-label': 'Charts', class: 'tabs' },
    ...all.map(({ tab }) => tab),
  );
  element.addEventListener('keydown', event => {
    const at = all.findIndex(({ tab }) => tab === document.activeElement);
    const steps: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 };
    const to = steps[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const { kind, tab } = all[(to + all.length) % all.length]!;
    tab.focus();
    chosen(kind);
  });
  return {
    element,
    mark(wanted) {
      for (const { kind, tab } of all) {
        tab.setAttribute('aria-selected', String(kind === wanted));
        tab.tabIndex = kind === wanted ? 0 : -1;
      }
    },
  };
}
