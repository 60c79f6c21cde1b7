// The audit trail as a CSV file, streamed in pages; cells that a spreadsheet would run are made harmless.
import { eventText } from '../../../_components/history/event-text.ts';
import { findMember } from '../../../_server/actor.ts';
import { historyChoice, historyQuery } from '../../../_server/history-filter.ts';
import { rooms } from '../../../_server/rooms.ts';

const PER_PAGE = 500;
const STATUS = { 'signed-out': 401, 'book-not-found': 404, 'not-permitted': 403 } as const;

const cell = (value: string | number | null): string => {
  const text = String(value ?? '');
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};

export async function GET(
  request: Request,
  { params }: { params: Promise<{ slug: string }> },
): Promise<Response> {
  const member = await findMember((await params).slug, 'history.read');
  if (typeof member === 'string') return new Response(null, { status: STATUS[member] });
  const given = new URL(request.url).searchParams;
  const choice = historyQuery(historyChoice((name) => given.get(name) ?? ''));
  const { queries } = rooms();
  const { book } = member;
  const people = await queries.peopleOfHistory(book.id);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const encoder = new TextEncoder();
  let page = 0;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      page += 1;
      const found = await queries.history(book.id, { ...choice, page, perPage: PER_PAGE });
      const head = page === 1 ? 'position,recorded at (UTC),by,event,what,mark\r\n' : '';
      const rows = found.rows.map((row) =>
        [row.position, row.recordedAt, row.user, row.type, eventText(row, names), row.mark]
          .map(cell)
          .join(','),
      );
      controller.enqueue(encoder.encode(head + rows.map((row) => `${row}\r\n`).join('')));
      if (page >= found.pages) controller.close();
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${book.slug}-history.csv"`,
      'cache-control': 'private, no-store',
    },
  });
}
