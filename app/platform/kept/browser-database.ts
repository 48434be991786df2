/** What a request of IndexedDB comes to. */
export const answerOf = <T>(request: IDBRequest<T>) =>
  new Promise<T>((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });

/** Resolves once what a transaction wrote is there; rejects where nothing of it is. */
export const endOf = (tx: IDBTransaction) =>
  new Promise<void>((done, fail) => {
    tx.oncomplete = () => done();
    tx.onabort = () => fail(tx.error);
  });

/**
 * A database of the browser, opened at the first call and kept; asked for anew after it failed, was closed by the browser,
 * or is to be changed or deleted by another tab. @throws where the browser gives none (private, full)
 */
export function browserDatabase(name: string, make: (db: IDBDatabase) => void): () => Promise<IDBDatabase> {
  let opening: Promise<IDBDatabase> | undefined;
  const again = () => {
    opening = undefined;
  };
  const open = async () => {
    const asked = indexedDB.open(name, 1);
    asked.onupgradeneeded = () => make(asked.result);
    const db = await answerOf(asked);
    db.onclose = again;
    db.onversionchange = () => {
      db.close();
      again();
    };
    return db;
  };
  return () => {
    opening ??= open();
    opening.catch(again);
    return opening;
  };
}
