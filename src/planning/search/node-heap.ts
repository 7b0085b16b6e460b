/** A binary heap: the item with the least key comes first. */
export function createHeap<Item>() {
  const keys: number[] = [];
  const items: Item[] = [];
  const swap = (a: number, b: number) => {
    [keys[a], keys[b]] = [keys[b], keys[a]];
    [items[a], items[b]] = [items[b], items[a]];
  };
  return {
    push(key: number, item: Item): void {
      let at = keys.push(key) - 1;
      items.push(item);
      while (at > 0 && keys[(at - 1) >> 1] > key) {
        swap(at, (at - 1) >> 1);
        at = (at - 1) >> 1;
      }
    },
    pop(): { readonly key: number; readonly item: Item } | null {
      if (keys.length === 0) return null;
      swap(0, keys.length - 1);
      const [key, item] = [keys.pop() as number, items.pop() as Item];
      for (let at = 0; ;) {
        let least = at;
        for (const child of [2 * at + 1, 2 * at + 2]) {
          if (child < keys.length && keys[child] < keys[least]) least = child;
        }
        if (least === at) break;
        swap(at, least);
        at = least;
      }
      return { key, item };
    },
    /** The least key; +∞ where there is none. */
    least: (): number => keys[0] ?? Infinity,
  };
}
