// What is being typed, as the browser keeps it.

// How many drafts the browser holds on its disk, asked of IndexedDB itself.
export const draftsKept = (page, officer) =>
  page.evaluate(async (account) => {
    const request = indexedDB.open(`so-thi-dua.${account}.drafts`);
    const database = await new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const count = database.transaction('draft').objectStore('draft').count();
    return new Promise((resolve) => {
      count.onsuccess = () => {
        database.close();
        resolve(count.result);
      };
    });
  }, officer.name);
