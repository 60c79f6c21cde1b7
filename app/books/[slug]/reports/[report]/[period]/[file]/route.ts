// A report as it was known at a day or position, as a file: `as-known.csv` or `as-known.pdf`, with `?at=`.
import { findMember } from '../../../../../../_server/actor.ts';
import { rooms } from '../../../../../../_server/rooms.ts';

const TYPES = { csv: 'text/csv; charset=utf-8', pdf: 'application/pdf' } as const;
const STATUS = { 'signed-out': 401, 'book-not-found': 404, 'not-permitted': 403 } as const;
const FAULTS = {
  busy: 503,
  'bad-moment': 400,
  'nothing-known-yet': 404,
  'no-such-report': 404,
  'no-such-page': 404,
} as const;

export async function GET(
  request: Request,
  { params }: { params: Promise<{ slug: string; report: string; period: string; file: string }> },
): Promise<Response> {
  const { file, period, report, slug } = await params;
  const member = await findMember(slug, 'report.read');
  if (typeof member === 'string') return new Response(null, { status: STATUS[member] });
  const format = /^as-known\.(csv|pdf)$/.exec(file)?.[1] as keyof typeof TYPES | undefined;
  if (!format) return new Response(null, { status: 404 });
  const at = new URL(request.url).searchParams.get('at') ?? '';
  const found = await rooms().audit.file({ bookId: member.book.id, report, period, at }, format);
  if (typeof found === 'string') {
    const headers = found === 'busy' ? { 'retry-after': '5' } : {};
    return new Response(null, { status: FAULTS[found], headers });
  }
  const name = `${member.book.slug}-${report}-${period}-as-known-${at}.${format}`;
  return new Response(found as Uint8Array<ArrayBuffer>, {
    headers: {
      'content-type': TYPES[format],
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'private, no-store',
    },
  });
}
