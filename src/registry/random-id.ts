/** 128 random bits as hexadecimal. Never a counter or a clock: two tabs may save at the same moment. */
export function createRandomId(): string {
  // `crypto.randomUUID` is absent on plain http; `getRandomValues` is everywhere.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
