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
): Promise<void> {
  for (const member of people) {
    accepted(await side.commands.addMember({ ...asSystem(owner.id), book }, member));
  }
}

/** So many managers, each of two books, with the key of each. */
export const managersOf = (
  house: BenchHouse,
  count: number,
  books: readonly { readonly id: number; readonly slug: string }[],
): Promise<readonly { readonly key: string; readonly books: readonly string[] }[]> =>
  house.once(`managers-${count}`, async () => {
    const { owner } = await crewOf(house);
    const people: Person[] = [];
    await inParallel([...Array(count).keys()], async (at) => {
      people[at] = await newPerson(house, `manager-${at}`);
    });
    const ownBooks = (at: number) => [books[at % books.length]!, books[(at + 1) % books.length]!];
    await inParallel(books, async (book) => {
      const members = people.filter((_, at) => ownBooks(at).includes(book));
      const role = 'manager' as const;
      await addPeople(
        house,
        owner,
        book.id,
        members.map(({ email }) => ({ email, role })),
      );
    });
    return people.map(({ key }, at) => ({ key, books: ownBooks(at).map(({ slug }) => slug) }));
  });

const AT_ONCE = 4;

/** Works through a list, a few at a time. The first fault ends it. */
export async function inParallel<T>(
  list: readonly T[],
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < list.length) {
      const at = next++;
      await work(list[at]!, at);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  } finally {
    next = list.length;
  }
}
