// The version of what a pack adds to its reports, part of its file's address beside the version of their own look:
// raised whenever the same reports would give other bytes.

export const PACK_TEMPLATE = 1;
