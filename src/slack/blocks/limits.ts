/**
 * What Slack takes at most. Lengths are in UTF-16 units, which are never fewer than the characters that Slack counts.
 * Source: the pages under https://docs.slack.dev/reference/block-kit that each group names.
 */
export const limits = {
  /** surfaces/messages; reference/methods/chat.postMessage */
  message: {
    blocks: 50,
    /** `text`, which notifications and screen readers take. */
    text: 4000,
    /** Of all blocks together: undocumented; Slack answers `msg_blocks_too_long` from about 13,000. */
    characters: 12_000,
  },
  /** reference/views/modal-views, reference/views/home-tab-views */
  view: { blocks: 100, title: 24, button: 24, callbackId: 255, metadata: 3000 },
  /** blocks/section-block */
  section: { text: 3000, fields: 10, field: 2000 },
  /** blocks/header-block */
  header: { text: 150 },
  /** blocks/context-block; composition-objects/text-object */
  context: { elements: 10, text: 3000 },
  /** blocks/actions-block */
  actions: { elements: 25 },
  /** blocks/context-actions-block */
  contextActions: { elements: 5 },
  /** block-elements/button-element; blocks/actions-block (ids) */
  button: { text: 75, value: 2000, url: 3000, label: 75 },
  ids: { block: 255, action: 255 },
  /** composition-objects/confirmation-dialog-object */
  confirm: { title: 100, text: 300, button: 30 },
  /** composition-objects/option-object; block-elements/overflow-menu-element */
  option: { text: 75, value: 75, description: 75 },
  overflow: { least: 2, options: 5 },
  /** blocks/alert-block */
  alert: { text: 200 },
  /** blocks/card-block */
  card: { title: 150, subtitle: 150, body: 200, actions: 3 },
  /** blocks/carousel-block */
  carousel: { cards: 10 },
  /** blocks/container-block */
  container: { title: 150, subtitle: 150, blocks: 10 },
  /** blocks/image-block */
  image: { alt: 2000, title: 2000, url: 3000 },
  /** blocks/markdown-block: of all of a message together */
  markdown: { text: 12_000 },
  /** blocks/data-table-block: rows with their header; characters of all cells of a message */
  table: { rows: 101, columns: 20, characters: 10_000, pageSize: 100 },
} as const;
