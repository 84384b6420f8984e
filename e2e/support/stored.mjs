// What a tablet has on its disk, asked of IndexedDB itself and not of the app, and opened by the browser's own
// cryptography: what the app seals is what the standard says.

// Runs in the page. The rows of a store, [key, bytes or text], and the key of a register that no PIN locks.
async function read({ account, store }) {
  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const from = async (name, read) => {
    const database = await done(indexedDB.open(name));
    try {
      return await read((store) => database.transaction(store).objectStore(store));
    } finally {
      database.close();
    }
  };
  const [keys, values] = await from(`so-thi-dua.${account}`, (rows) =>
    Promise.all([done(rows(store).getAllKeys()), done(rows(store).getAll())]),
  );
  const [header, device] = await from(`so-thi-dua.${account}.vault`, (rows) =>
    Promise.all([done(rows('vault').get('header')), done(rows('vault').get('device'))]),
  );
  const open = (key, sealed, more = {}) =>
    crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.slice(0, 12), ...more }, key, sealed.slice(12));
  const wrapped = Uint8Array.from(atob(JSON.parse(header).open), (char) => char.charCodeAt(0));
  const key = await crypto.subtle.importKey('raw', await open(device, wrapped), 'AES-GCM', false, ['decrypt']);
  const text = async (row, at) => {
    const additionalData = new TextEncoder().encode(`${store}/${at}`);
    if (row[0] !== 1) throw new Error(`a row of format ${row[0]}`);
    return new TextDecoder().decode(await open(key, row.slice(1), { additionalData }));
  };
  const sealed = keys.map((key, place) => [key, values[place]]).filter(([, row]) => row instanceof Uint8Array);
  return Promise.all(sealed.map(async ([key, row]) => [key, JSON.parse(await text(row, key))]));
}

// The rows of a store: [key, parsed row].
export const rows = (page, account, store) => page.evaluate(read, { account: account.name, store });

// Every edit made on the tablet, in the order of its numbers under each identity.
export const log = async (page, account) => (await rows(page, account, 'edit')).map(([, edit]) => edit);

// The values that edits gave to a field of an entry, oldest first.
export const valuesOf = (edits, record, field) =>
  edits
    .filter((edit) => edit.record === record)
    .flatMap((edit) => edit.changes.filter((change) => change.f === field).map((change) => change.v));
