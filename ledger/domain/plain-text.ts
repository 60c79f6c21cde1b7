// Text that every part of the house can keep as it is.

/**
 * No control characters: PostgreSQL keeps no NUL. No halves of surrogate pairs either: an event's JSON would keep one as
 * it came, a table as U+FFFD, and the two would differ.
 */
// biome's own rule forbids control characters in a pattern; \p{Cc} is that class by name.
export const PLAIN_TEXT = /^[^\p{Cc}\p{Cs}]*$/u;
