// What a tablet has on its disk, asked of IndexedDB itself and not of the app.

// The rows of a store: [key, parsed row].
export function rows(page, account, store) {
  return page.evaluate(
    async ({ name, store }) => {
      const done = (request) =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const database = await done(indexedDB.open(name));
      try {
        const rows = database.transaction(store).objectStore(store);
        const [keys, values] = await Promise.all([done(rows.getAllKeys()), done(rows.getAll())]);
        return keys.map((key, place) => [key, JSON.parse(values[place])]);
      } finally {
        database.close();
      }
    },
    { name: `so-thi-dua.${account.name}`, store },
  );
}

// Every edit made on the tablet, in the order of its numbers under each identity.
export const log = async (page, account) => (await rows(page, account, 'edit')).map(([, edit]) => edit);

// The values that edits gave to a field of an entry, oldest first.
export const valuesOf = (edits, record, field) =>
  edits
    .filter((edit) => edit.record === record)
    .flatMap((edit) => edit.changes.filter((change) => change.f === field).map((change) => change.v));
