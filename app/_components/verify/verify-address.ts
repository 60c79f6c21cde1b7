// Where a document is verified, with all that its footer says.

export const verifyAddress = (
  slug: string,
  said: {
    readonly digest: string;
    readonly report: string;
    readonly period: string;
    readonly position: number;
  },
): string => {
  const { digest, period, position, report } = said;
  const query = new URLSearchParams({ digest, report, period, position: `${position}` });
  return `/books/${slug}/verify?${query}`;
};
