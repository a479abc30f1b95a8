import type { ChartData, ChartKind } from '../../../charts/chart-data.ts';
import { type CardActions, cardHead, type SegmentTold, segmentCard } from './card.ts';
import { button, el, prose } from './dom.ts';
import { type FullScreenButton, fullScreenButton } from './full-screen.ts';
import { legend } from './legend.ts';
import { stage } from './stage.ts';
import { tabList } from './tab-list.ts';
import { figuresTable } from './table.ts';
import { dateWords } from './words.ts';

export interface ViewActions {
  choose(kind: ChartKind): void;
  /** Null where the chat does not pass calls on. */
  open: ((key: string) => void) | null;
  close(): void;
  fullScreen: (() => void) | null;
}

export interface View {
  chart(data: ChartData, opened: string | null): void;
  /** On the way: what stood stays, paler. */
  waiting(kind: ChartKind | null): void;
  problem(words: string, again: (() => void) | null): void;
  cardWaiting(name: string, position: number): void;
  card(told: SegmentTold, position: number, actions: Omit<CardActions, 'close' | 'open'>): void;
  cardProblem(name: string, position: number, words: string): void;
  cardSays(words: string): void;
  closeCard(): void;
  /** In another look. */
  redraw(): void;
  full: FullScreenButton | null;
}

/** The page: a title, tabs, a chart with its legend and figures, and the card of a segment. */
export function view(root: HTMLElement, { choose, open, close, fullScreen }: ViewActions): View {
  const drawn = stage(open);
  const tabs = open ? tabList('panel', choose) : null;
  const full = fullScreen ? fullScreenButton(fullScreen) : null;
  const title = el('h1', {}, 'Segments');
  const asOf = el('p', { class: 'as-of' });
  const note = el('p', { class: 'note' });
  const trouble = el('div', { role: 'alert' });
  const wait = el('div', { class: 'waiting', role: 'status' }, 'Drawing …');
  const names = el('div');
  const figures = el('div');
  const shown = el('div', { hidden: true }, drawn.element, names);
  const foot = el('footer', { class: 'foot', hidden: true }, note, figures);
  const panel = el(
    'section',
    { id: 'panel', class: 'panel', ...(tabs ? { role: 'tabpanel' } : {}) },
    trouble,
    wait,
    shown,
  );
  const card = el('aside', { class: 'card', 'aria-label': 'Segment', hidden: true });
  const body = el('div', { class: 'body' }, panel, card, foot);
  let data: ChartData | null = null;
  let returnTo: string | null = null;

  root.replaceChildren(
    el('header', { class: 'head' }, el('div', { class: 'titles' }, title, asOf), full?.element ?? null),
    ...(tabs ? [tabs.element] : []),
    body,
  );
  root.addEventListener('keydown', event => {
    if (event.key === 'Escape' && !card.hidden) close();
  });

  const chip = (key: string | null | undefined) =>
    names.querySelector<HTMLElement>(`[data-segment="${CSS.escape(key ?? '')}"]`);

  const showLegend = (opened: string | null) => {
    if (!data) return;
    const focused = names.contains(document.activeElement)
      ? (document.activeElement as HTMLElement).dataset.segment
      : null;
    // What was pointed at goes, and would never say that it is left.
    drawn.point(null);
    names.replaceChildren(legend(data, { open, point: drawn.point, opened }));
    chip(focused)?.focus();
  };

  const showCard = (key: string | null, ...children: Node[]) => {
    card.replaceChildren(...children);
    card.hidden = false;
    body.classList.add('has-card');
    returnTo = key ?? returnTo;
  };

  const mark = (kind: ChartKind) => {
    tabs?.mark(kind);
    if (tabs) panel.setAttribute('aria-labelledby', `tab-${kind}`);
  };

  return {
    chart(next, opened) {
      data = next;
      mark(next.chart);
      title.textContent = next.title;
      asOf.textContent = `As of ${dateWords(next.asOf)}`;
      note.textContent = next.note;
      trouble.replaceChildren();
      wait.hidden = true;
      shown.hidden = false;
      foot.hidden = false;
      shown.classList.remove('is-waiting');
      showLegend(opened);
      figures.replaceChildren(figuresTable(next));
      drawn.draw(next);
    },
    waiting(kind) {
      if (kind) mark(kind);
      trouble.replaceChildren();
      wait.hidden = data !== null;
      shown.hidden = data === null;
      foot.hidden = data === null;
      shown.classList.add('is-waiting');
    },
    problem(words, again) {
      title.textContent = 'Segments';
      asOf.textContent = '';
      wait.hidden = true;
      shown.hidden = true;
      foot.hidden = true;
      data = null;
      trouble.replaceChildren(
        el('div', { class: 'problem' }, ...prose(words), again && button({}, again, 'Try again')),
      );
    },
    cardWaiting(name, position) {
      showCard(null, cardHead(name, position, close), el('p', { role: 'status' }, 'One moment …'));
      card.querySelector('h2')?.focus({ preventScroll: true });
    },
    card(told, position, actions) {
      showCard(told.key, segmentCard(told, position, { ...actions, close, open: open ?? (() => {}) }));
      card.querySelector('h2')?.focus({ preventScroll: true });
      showLegend(told.key);
    },
    cardProblem(name, position, words) {
      showCard(
        null,
        cardHead(name, position, close),
        el('div', { class: 'problem', role: 'alert' }, ...prose(words)),
      );
    },
    cardSays(words) {
      const said = card.querySelector('.said');
      if (said) said.textContent = words;
    },
    closeCard() {
      card.hidden = true;
      card.replaceChildren();
      body.classList.remove('has-card');
      showLegend(null);
      // Back to where it was opened from, for who goes by keyboard.
      chip(returnTo)?.focus();
      returnTo = null;
    },
    redraw() {
      drawn.redraw();
      if (data)
        showLegend(names.querySelector<HTMLElement>('[aria-expanded="true"]')?.dataset.segment ?? null);
    },
    full,
  };
}
