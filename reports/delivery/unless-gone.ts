// What an answer on its way may end with.

/** A reader who leaves in the middle is nobody's fault. @throws every other fault */
export function unlessGone(fault: NodeJS.ErrnoException): void {
  if (fault.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw fault;
}
