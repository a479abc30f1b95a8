/** What is to be looked at when: the least time first. A binary heap; entries of the same time come in any order. */
export interface WakeQueue<Item> {
  push(at: number, item: Item): void;
  /** Infinity where it is empty. */
  nextAt(): number;
  /** The item of the least time. */
  pop(): Item | undefined;
}

export function wakeQueue<Item>(): WakeQueue<Item> {
  const times: number[] = [];
  const items: Item[] = [];
  const put = (i: number, at: number, item: Item) => {
    times[i] = at;
    items[i] = item;
  };
  return {
    push(at, item) {
      let i = times.length;
      while (i > 0) {
        const parent = (i - 1) >> 1;
        if (times[parent]! <= at) break;
        put(i, times[parent]!, items[parent]!);
        i = parent;
      }
      put(i, at, item);
    },
    nextAt: () => times[0] ?? Number.POSITIVE_INFINITY,
    pop() {
      const first = items[0];
      const at = times.pop();
      const item = items.pop();
      const size = times.length;
      if (at === undefined || size === 0) return first;
      let i = 0;
      for (;;) {
        let child = 2 * i + 1;
        if (child >= size) break;
        if (child + 1 < size && times[child + 1]! < times[child]!) child++;
        if (times[child]! >= at) break;
        put(i, times[child]!, items[child]!);
        i = child;
      }
      put(i, at, item!);
      return first;
    },
  };
}
