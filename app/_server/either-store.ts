// Asks the document store, and the ledger when it has no answer, so that each can be down while the other serves.

const PATIENCE_MS = 1_000;
const REST_MS = 5_000;
let restUntil = 0;

const within = <T>(work: Promise<T>, patience: number): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${patience} ms`)), patience);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });

/**
 * The documents' answer; the ledger's when they don't know or don't answer. After a failure the document store is
 * left alone for a few seconds, so that a page doesn't wait for it at every look-up.
 * @throws the ledger's fault, with the documents' as its cause, when neither answers.
 */
export async function eitherStore<T>(
  fromDocuments: () => Promise<T | null>,
  fromLedger: () => Promise<T | null>,
): Promise<T | null> {
  let fault: unknown;
  let documentsAnswered = false;
  if (Date.now() >= restUntil) {
    try {
      const found = await within(fromDocuments(), PATIENCE_MS);
      if (found !== null) return found;
      documentsAnswered = true;
    } catch (cause) {
      fault = cause;
      restUntil = Date.now() + REST_MS;
    }
  }
  try {
    return await within(fromLedger(), PATIENCE_MS * 3);
  } catch (cause) {
    if (documentsAnswered) return null;
    throw new Error('Neither the ledger nor the documents answer.', {
      cause: fault ?? cause,
    });
  }
}
