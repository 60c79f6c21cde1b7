// A command's id, made in the browser. `crypto.randomUUID` exists on secure origins only, so it is made from bytes.

export function newCommandId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
