// The tablet's store from outside: its rows opened, and rows added as the app would have, by the browser's own
// cryptography. The register must have no PIN. All of it runs in the page.

// The replica, the families in the order of the register, and how many entries there are.
export const read = (page, account) => page.evaluate(inPage, { account });

// Adds what the planner made: records and edits with their keys, and the replica.
export const write = (page, account, rows) => page.evaluate(inPage, { account, rows });

async function inPage({ account, rows }) {
  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const within = async (name, use) => {
    const database = await done(indexedDB.open(name));
    try {
      return await use(database);
    } finally {
      database.close();
    }
  };

  const [header, device] = await within(`so-thi-dua.${account}.vault`, (database) => {
    const vault = database.transaction('vault').objectStore('vault');
    return Promise.all([done(vault.get('header')), done(vault.get('device'))]);
  });
  const wrapped = Uint8Array.from(atob(JSON.parse(header).open), (char) => char.charCodeAt(0));
  const raw = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: wrapped.slice(0, 12) }, device, wrapped.slice(12),
  );
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
  const bound = (store, at, iv) => ({
    name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(`${store}/${at}`),
  });
  const opened = async (store, at, row) => {
    const sealed = row.slice(1);
    const plain = await crypto.subtle.decrypt(bound(store, at, sealed.slice(0, 12)), key, sealed.slice(12));
    return new TextDecoder().decode(plain);
  };
  const sealed = async (store, at, text) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const cipher = await crypto.subtle.encrypt(bound(store, at, iv), key, new TextEncoder().encode(text));
    return Uint8Array.from([1, ...iv, ...new Uint8Array(cipher)]);
  };

  return within(`so-thi-dua.${account}`, async (database) => {
    if (rows) {
      const all = (store, list) => list.map(async ([at, text]) => [store, at, await sealed(store, at, text)]);
      // Sealed before the transaction begins: it would not wait for that.
      const ready = await Promise.all([
        ...all('record', rows.records),
        ...all('edit', rows.edits),
        ...all('meta', [['replica', rows.replica]]),
      ]);
      const tx = database.transaction(['meta', 'record', 'edit'], 'readwrite', { durability: 'strict' });
      const committed = new Promise((resolve, reject) => {
        tx.oncomplete = resolve;
        tx.onabort = () => reject(tx.error);
      });
      for (const [store, at, row] of ready) tx.objectStore(store).put(row, at);
      return committed.then(() => undefined);
    }
    const tx = database.transaction(['meta', 'record']);
    const records = tx.objectStore('record');
    const families = IDBKeyRange.bound('family/', 'family0');
    const entries = IDBKeyRange.bound('entry/', 'entry0');
    const [replica, keys, values, count] = await Promise.all([
      done(tx.objectStore('meta').get('replica')),
      done(records.getAllKeys(families)),
      done(records.getAll(families)),
      done(records.count(entries)),
    ]);
    const inOrder = [];
    for (const [at, row] of values.entries()) {
      const { fields } = JSON.parse(await opened('record', keys[at], row));
      inOrder[Number(fields.head[0][0].match(/\d+$/)[0]) - 1] = keys[at];
    }
    return { replica: await opened('meta', 'replica', replica), families: inOrder, entries: count };
  });
}
