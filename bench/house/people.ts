// Who works in the bench's books: an owner, accountants who post, a manager who reads, and at month end many managers.
// Made by the commands that screens and programs use.
import { randomBytes, randomUUID } from 'node:crypto';
import { createUser } from '#ledger/commands/create-user.ts';
import type { Answer } from '#ledger/commands/ledger-commands.ts';
import type { BenchHouse } from './bench-house.ts';

export interface Person {
  readonly id: number;
  readonly email: string;
  readonly key: string;
}

export interface Crew {
  readonly owner: Person;
  readonly accountants: readonly Person[];
  readonly reader: Person;
}

const ACCOUNTANTS = 4;

/** The result, where it must not be refused. */
export function accepted<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.result;
  throw new Error(`The bench was refused: ${JSON.stringify(answer.refusal)}`);
}

const asSystem = (userId: number) => ({
  actor: { userId, via: 'system' as const },
  commandId: randomUUID(),
});

/** The people of every book. */
export const crewOf = (house: BenchHouse): Promise<Crew> =>
  house.once('crew', async () => {
    const person = (name: string) => newPerson(house, name);
    const accountants = [];
    for (let at = 1; at <= ACCOUNTANTS; at++) accountants.push(await person(`accountant-${at}`));
    return { owner: await person('owner'), accountants, reader: await person('reader') };
  });

async function newPerson({ side }: BenchHouse, name: string): Promise<Person> {
  const email = `${name}@bench.example`;
  const password = randomBytes(12).toString('base64url');
  const id = await createUser(side.store, { email, name, password });
  return { id, email, key: await keyFor(side.commands, id) };
}

const keyFor = async (commands: BenchHouse['side']['commands'], id: number): Promise<string> =>
  accepted(await commands.issueApiKey(asSystem(id), { name: 'bench' })).key;

/** Adds people to a book. */
export async function addPeople(
  { side }: BenchHouse,
  owner: Person,
  book: number,
  people: readonly { readonly email: string; readonly role: 'accountant' | 'manager' }[],
): Promise<number[]> {
  const ids: number[] = [];
  for (const { email, role } of people) {
    const call = { ...asSystem(owner.id), book };
    ids.push(accepted(await side.commands.addMember(call, { email, name: email, role })).userId);
  }
  return ids;
}

/** So many managers, each of two books, with the key of each. */
export const managersOf = (
  house: BenchHouse,
  count: number,
  books: readonly { readonly id: number; readonly slug: string }[],
): Promise<readonly { readonly key: string; readonly books: readonly string[] }[]> =>
  house.once(`managers-${count}`, async () => {
    const { owner } = await crewOf(house);
    const of = books.map(() => [] as number[]);
    for (let at = 0; at < count; at++) {
      of[at % books.length]!.push(at);
      of[(at + 1) % books.length]!.push(at);
    }
    const ids = new Map<number, number>();
    await inParallel(books, async (book, index) => {
      const people = of[index]!.map((at) => ({
        email: `manager-${at}@bench.example`,
        role: 'manager' as const,
      }));
      const added = await addPeople(house, owner, book.id, people);
      of[index]!.forEach((at, place) => {
        ids.set(at, added[place]!);
      });
    });
    const keys = new Map<number, string>();
    await inParallel([...ids], async ([at, id]) => {
      keys.set(at, await keyFor(house.side.commands, id));
    });
    return [...keys].map(([at, key]) => ({
      key,
      books: [books[at % books.length]!.slug, books[(at + 1) % books.length]!.slug],
    }));
  });

const AT_ONCE = 4;

/** Works through a list, a few at a time. */
export async function inParallel<T>(
  list: readonly T[],
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const rest = list.entries();
  const worker = async () => {
    for (const [index, item] of rest) await work(item, index);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
