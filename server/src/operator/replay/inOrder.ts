/**
 * Works on items in order, so many at once, but on those of one lane one after the other. After a failure nothing more
 * is begun; it is thrown when all that was under way has ended.
 */
export async function inOrder<Item>(
  items: readonly Item[],
  atOnce: number,
  laneOf: (item: Item) => string,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const tails = new Map<string, Promise<void>>();
  const queue = items.values();
  let failed = false;

  async function after(before: Promise<void> | undefined, item: Item): Promise<void> {
    await before;
    if (!failed) await work(item);
  }

  async function worker(): Promise<void> {
    // The iterator is shared; what a lane waits for is always under way already, so no two wait for each other.
    for (const item of queue) {
      const lane = laneOf(item);
      const turn = after(tails.get(lane), item);
      tails.set(lane, turn);
      try {
        await turn;
      } catch (error) {
        failed = true;
        throw error;
      }
      if (failed) return;
    }
  }

  const ended = await Promise.allSettled(Array.from({ length: atOnce }, worker));
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
}
