import type { McpUiDisplayMode, McpUiHostContext } from '@modelcontextprotocol/ext-apps';
import type { ChartData, ChartKind } from '../../../charts/chart-data.ts';
import type { SegmentTold } from './card.ts';
import { chartIn, kindIn } from './chart-answer.ts';
import type { Answer, Host } from './host.ts';
import { view } from './view.ts';
import { askAbout, lookingAt } from './words.ts';

export interface Charts {
  /** The model asked for a chart; what it is comes with the answer. */
  asked(input: Record<string, unknown> | undefined): void;
  answered(answer: Answer): void;
  cancelled(reason: string | undefined): void;
  /** The chat looks different, or shows the page differently. */
  relook(context: McpUiHostContext): void;
}

const noChart = 'What the chat passed on is no chart of Kindred.';

/** What the page does: shows what was asked for, asks for what is chosen, and keeps what it got. */
export function charts(
  root: HTMLElement,
  host: Host,
  context: McpUiHostContext,
  setMode: (mode: McpUiDisplayMode) => Promise<McpUiDisplayMode>,
): Charts {
  const kept = new Map<ChartKind, ChartData>();
  const told = new Map<string, SegmentTold>();
  let shown: ChartData | null = null;
  let opened: string | null = null;
  /** Of the last that was asked for: an answer that comes after another was asked for is kept, not shown. */
  let wanted = 0;
  let wantedSegment = 0;
  let mode = context.displayMode ?? 'inline';

  const page = view(root, {
    choose: kind => void choose(kind),
    open: host.canCall ? key => void open(key) : null,
    close,
    fullScreen: context.availableDisplayModes?.includes('fullscreen') ? () => void toggleMode() : null,
  });
  page.full?.show(mode === 'fullscreen');

  function show(data: ChartData): void {
    kept.set(data.chart, data);
    shown = data;
    page.chart(data, opened);
    tell();
  }

  async function choose(kind: ChartKind): Promise<void> {
    const turn = ++wanted;
    const had = kept.get(kind);
    if (had) return show(had);
    page.waiting(kind);
    const answer = await host.call('show_chart', { chart: kind });
    const data = 'told' in answer ? chartIn(answer.told) : null;
    if (data) kept.set(kind, data);
    if (turn !== wanted) return;
    if (data) return show(data);
    page.problem('problem' in answer ? answer.problem : noChart, () => void choose(kind));
  }

  async function open(key: string): Promise<void> {
    const turn = ++wantedSegment;
    const position = positionOf(key);
    const name = shown?.segments[position]?.name ?? key;
    if (!told.has(key)) {
      page.cardWaiting(name, position);
      const answer = await host.call('show_segment', { segment: key });
      if ('told' in answer) told.set(key, answer.told as unknown as SegmentTold);
      if (turn !== wantedSegment) return;
      if ('problem' in answer) return page.cardProblem(name, position, answer.problem);
    }
    opened = key;
    page.card(told.get(key)!, position, { ask: host.canSay ? () => void ask(key, name) : null });
    tell();
  }

  async function ask(key: string, name: string): Promise<void> {
    const sent = await host.say(askAbout({ key, name }));
    page.cardSays(sent ? 'Asked in the chat.' : 'The chat did not take the question.');
  }

  function close(): void {
    wantedSegment++;
    opened = null;
    page.closeCard();
    tell();
  }

  function tell(): void {
    if (!shown) return;
    const { chart, asOf } = shown;
    host.tell(lookingAt(shown, opened), { chart, asOf, segment: opened });
  }

  async function toggleMode(): Promise<void> {
    mode = await setMode(mode === 'fullscreen' ? 'inline' : 'fullscreen').catch(() => mode);
    page.full?.show(mode === 'fullscreen');
  }

  const positionOf = (key: string) => shown?.segments.findIndex(segment => segment.key === key) ?? -1;

  return {
    asked: input => page.waiting(kindIn(input)),
    answered(answer) {
      wanted++;
      if ('problem' in answer) return page.problem(answer.problem, null);
      const data = chartIn(answer.told);
      if (data) show(data);
      else page.problem(noChart, null);
    },
    cancelled(reason) {
      page.problem(
        `The chart was not made: ${reason ?? 'the call was cancelled'}.`,
        host.canCall ? () => void choose('map') : null,
      );
    },
    relook({ displayMode }) {
      if (displayMode) {
        mode = displayMode;
        page.full?.show(mode === 'fullscreen');
      }
      page.redraw();
    },
  };
}
