// A bounded number of works at once, taken from the books in turn: one book that wants a thousand files delays another
// by one file and not by a thousand.

export interface FairQueue {
  /** Runs the work when it is the book's turn. */
  run<Result>(book: number, work: () => Promise<Result>): Promise<Result>;
  /** Works that wait. */
  waiting(): number;
}

export function createFairQueue(atOnce: number): FairQueue {
  const books = new Map<number, (() => Promise<void>)[]>();
  let running = 0;
  let waiting = 0;

  const next = () => {
    const [turn] = books;
    if (running >= atOnce || !turn) return;
    const [book, works] = turn;
    // The book goes to the end of the row, if it has more.
    books.delete(book);
    const work = works.shift()!;
    if (works.length > 0) books.set(book, works);
    waiting--;
    running++;
    void work().finally(() => {
      running--;
      next();
    });
  };

  return {
    run: <Result>(book: number, work: () => Promise<Result>) =>
      new Promise<Result>((resolve, reject) => {
        const works = books.get(book) ?? [];
        books.set(book, works);
        works.push(() => work().then(resolve, reject));
        waiting++;
        next();
      }),
    waiting: () => waiting,
  };
}
