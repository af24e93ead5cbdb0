type Asked<Item, Answer> = { item: Item; resolve: (answer: Answer) => void; reject: (error: unknown) => void };

/**
 * Does at once what is asked for in one turn of the event loop, or while the last of it is still being done. `work` answers in the order of
 * its items; where it throws, all of them hear of it.
 */
export function together<Item, Answer>(work: (items: Item[]) => Promise<Answer[]>): (item: Item) => Promise<Answer> {
  const waiting: Array<Asked<Item, Answer>> = [];
  let isBusy = false;
  const run = async () => {
    while (waiting.length > 0) {
      await new Promise(setImmediate);
      const asked = waiting.splice(0);
      try {
        const answers = await work(asked.map(({ item }) => item));
        for (const [index, { resolve }] of asked.entries()) resolve(answers[index] as Answer);
      } catch (error) {
        for (const { reject } of asked) reject(error);
      }
    }
    isBusy = false;
  };
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (isBusy) return;
      isBusy = true;
      void run();
    });
}
