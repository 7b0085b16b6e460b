import { vi } from 'vitest';
import type { FailingCalls } from '#base/testing/failing-calls.ts';

const databaseMethods = [
  [IDBFactory, ['open']],
  [IDBDatabase, ['transaction']],
  [IDBTransaction, ['objectStore']],
  [IDBObjectStore, ['get', 'getAll', 'getAllKeys', 'put', 'add', 'delete', 'count', 'index']],
] as const;

/** Has the methods of the database pass before they do anything. */
export function failDatabase({ pass }: FailingCalls, isLate: boolean): void {
  for (const [owner, names] of databaseMethods) {
    for (const name of names) {
      const prototype = owner.prototype as unknown as Record<string, (...values: unknown[]) => unknown>;
      const original = prototype[name] as (...values: unknown[]) => unknown;
      vi.spyOn(prototype, name).mockImplementation(function (this: unknown, ...values) {
        // The upgrade is the fake's own affair.
        if (values[1] === 'versionchange') return Reflect.apply(original, this, values);
        if (!isLate || !(this instanceof IDBObjectStore)) pass();
        else abortLate(this.transaction, pass);
        return Reflect.apply(original, this, values);
      });
    }
  }
}

/** As with the quota reached: the request succeeds, and the transaction ends by itself afterwards. */
function abortLate(transaction: IDBTransaction, pass: () => void): void {
  try {
    pass();
  } catch (error) {
    setTimeout(() => {
      Object.defineProperty(transaction, 'error', { value: error });
      try {
        transaction.abort();
      } catch {
        // It completed before the room was missed.
      }
    });
  }
}
