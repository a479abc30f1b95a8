import {
  AppBridge,
  type McpUiHostContext,
  PostMessageTransport,
} from '@modelcontextprotocol/ext-apps/app-bridge';

type Result = Parameters<AppBridge['sendToolResult']>[0];

/** What the test lends the page: the server behind the chat, and a place to write down what happens. */
declare global {
  interface Window {
    askServer(tool: string, input: Record<string, unknown>): Promise<Result>;
    noted(kind: string, value: unknown): Promise<void>;
    chat: Chat;
  }
}

export interface Shown {
  question: string;
  tool: string;
  input: Record<string, unknown>;
  context: McpUiHostContext;
  /** Where the view is served from. */
  src: string;
  /** Offered to the view; all but what is false. */
  offers: { serverTools?: boolean; message?: boolean };
}

export interface Chat {
  show(shown: Shown): Promise<void>;
  result(result: Result): Promise<void>;
  cancelled(reason: string): Promise<void>;
  change(context: McpUiHostContext): void;
}

const chat = document.getElementById('chat')!;
let bridge: AppBridge | undefined;
let context: McpUiHostContext = {};

function say(kind: string, text: string): void {
  const words = document.createElement('div');
  words.className = kind;
  words.textContent = text;
  chat.append(words);
}

function look({ theme, displayMode }: McpUiHostContext): void {
  if (theme) document.documentElement.dataset.theme = theme;
  if (displayMode) document.body.classList.toggle('is-full', displayMode === 'fullscreen');
}

function change(changed: McpUiHostContext): void {
  context = { ...context, ...changed };
  look(context);
  bridge?.setHostContext(context);
}

window.chat = {
  async show({ question, tool, input, context: first, src, offers }) {
    context = first;
    look(context);
    if (question) say('person', question);
    say('tool', `Kindred · ${tool}`);
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.title = 'Kindred';
    const card = document.createElement('div');
    card.className = 'frame';
    card.append(frame);
    chat.append(card);

    bridge = new AppBridge(
      null,
      { name: 'test-chat', version: '1.0.0' },
      {
        ...(offers.serverTools === false ? {} : { serverTools: {} }),
        ...(offers.message === false ? {} : { message: { text: {} } }),
        updateModelContext: { text: {}, structuredContent: {} },
      },
      { hostContext: context },
    );
    bridge.oncalltool = async params => {
      const called = { name: params.name, input: params.arguments ?? {} };
      await window.noted('call', called);
      return window.askServer(called.name, called.input);
    };
    bridge.onmessage = async ({ content }) => {
      const text = content.flatMap(block => (block.type === 'text' ? [block.text] : [])).join('\n');
      say('person', text);
      await window.noted('message', text);
      return {};
    };
    bridge.onupdatemodelcontext = async params => {
      await window.noted('context', params);
      return {};
    };
    bridge.onsizechange = async ({ height, width }) => {
      if (height !== undefined && context.displayMode !== 'fullscreen')
        frame.style.setProperty('--tall', `${height}px`);
      await window.noted('size', { height, width });
    };
    bridge.onrequestdisplaymode = async ({ mode }) => {
      change({ displayMode: mode });
      return { mode };
    };
    const ready = new Promise<void>(resolve => {
      bridge!.oninitialized = () => resolve();
    });
    await bridge.connect(new PostMessageTransport(frame.contentWindow!, frame.contentWindow!));
    frame.src = src;
    await ready;
    await bridge.sendToolInput({ arguments: input });
  },
  result: async result => bridge!.sendToolResult(result),
  cancelled: async reason => bridge!.sendToolCancelled({ reason }),
  change,
};
