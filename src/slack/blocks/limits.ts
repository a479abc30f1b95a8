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
    /** Counted for each block besides its texts. */
    block: 100,
  },
  /** reference/views/modal-views, reference/views/home-tab-views */
  view: { blocks: 100, title: 24, button: 24 },
  /** blocks/section-block, which takes 2000 in a field: ten of those would be more than a message holds. */
  section: { text: 3000, fields: 10, field: 1000 },
  /** blocks/header-block */
  header: { text: 150 },
  /** blocks/context-block, which takes 3000 in a text: ten of those would be more than a message holds. */
  context: { elements: 10, text: 1000 },
  /** blocks/actions-block */
  actions: { elements: 25 },
  /** block-elements/button-element; blocks/actions-block (ids) */
  button: { text: 75, value: 2000, url: 3000, label: 75 },
  ids: { block: 255, action: 255 },
  /** composition-objects/confirmation-dialog-object */
  confirm: { title: 100, text: 300, button: 30 },
  /** blocks/card-block */
  card: { title: 150, subtitle: 150, body: 200, actions: 3 },
  /** blocks/carousel-block */
  carousel: { cards: 10 },
  /** blocks/container-block; characters so that a message holds it */
  container: { title: 150, subtitle: 150, blocks: 10, characters: 10_000 },
  /** blocks/image-block */
  image: { alt: 2000, title: 2000 },
  /** blocks/markdown-block: of all of a message together 12,000; a block of fewer can be put in any message. */
  markdown: { text: 3000 },
  /** blocks/data-table-block: rows with their header; characters of all cells of a message. Newer pages tell of twice both. */
  table: { rows: 101, columns: 20, characters: 10_000, pageSize: 100, cell: 1000, caption: 150 },
} as const;
