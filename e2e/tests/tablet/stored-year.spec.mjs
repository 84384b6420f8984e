// What a program of an earlier year stored is read, and what one of a later year wrote is carried. The
// fixture is what the program of the first schema stored, kept as it was (support/capture-store.mjs).
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { Device, offlineReady, signedIn, syncNow, waiting } from '../../support/browser.mjs';
import { Server } from '../../support/server.mjs';
import { log, rows } from '../../support/stored.mjs';
import { familiesListed, openArea, openFamily, saved } from '../../support/tablet.mjs';

const FIXTURE = JSON.parse(readFileSync(new URL('../../fixtures/store-1.json', import.meta.url), 'utf8'));
const FUTURE_FIELD = 'future.thing';
const FUTURE_RECORD = `future-kind/${'5'.padStart(32, '0')}`;

test.describe.configure({ timeout: 120_000 });

// Runs in a page of the app's origin on which the app is not: the tablet as it was left.
function store({ account, stores }) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(`so-thi-dua.${account}`, 1);
    opening.onerror = () => reject(opening.error);
    opening.onupgradeneeded = () => Object.keys(stores).forEach((name) => opening.result.createObjectStore(name));
    opening.onsuccess = () => {
      const writing = opening.result.transaction(Object.keys(stores), 'readwrite');
      for (const [name, rows] of Object.entries(stores)) {
        for (const [key, row] of rows) writing.objectStore(name).put(JSON.stringify(row), key);
      }
      writing.oncomplete = () => {
        opening.result.close();
        resolve();
      };
      writing.onerror = () => reject(writing.error);
    };
  });
}

// As stored by a later program: a field and a kind of record that today's does not know, the field also
// among what waits to be sent.
function withTheFuture({ account, commune, stores }) {
  const later = structuredClone({ account, commune, stores });
  const { device, last_seq: last } = later.stores.meta[0][1];
  const head = later.stores.edit.at(-1)[1];
  expect(head.id).toEqual([device, last]);
  head.changes.push({ f: FUTURE_FIELD, v: 'để sau' });
  const change = [['để sau', head.time, head.id, []]];
  later.stores.record.find(([key]) => key === head.record)[1].fields[FUTURE_FIELD] = change;
  const unknown = { commune, fields: { [FUTURE_FIELD]: [[true, head.time, [device + 1, 7], []]] } };
  later.stores.record.push([FUTURE_RECORD, unknown]);
  return { later, record: head.record };
}

test('a year-old store is opened, gone on with, and sent to a server that knows nothing of it', async () => {
  const { later, record } = withTheFuture(FIXTURE);
  const server = await Server.create();
  await server.start();
  const officer = server.account(later.account, 'commune-officer', later.commune);
  const reviewer = server.account('so-noi-vu', 'province-reviewer', '14');
  const device = new Device(server.url);
  try {
    let page = await device.open('/manifest.webmanifest');
    await page.evaluate(store, later);
    await page.goto(server.url);
    // Nothing is answered yet: what is shown is what was stored.
    await page.route('**/api/sync', (route) => route.abort());
    await signedIn(page, officer);
    await openArea(page, 'Bản Bó');
    await familiesListed(page, 3);
    expect(Number(await waiting(page))).toBeGreaterThan(0);
    await openFamily(page, 'Quàng Văn Chung');
    await expect(page.getByLabel('Ghi chú')).toHaveValue('Sẽ bổ sung giấy tờ');
    await page.goto(server.url);
    await openArea(page, 'Bản Bó');
    await openFamily(page, 'Lò Thị Mẩy');
    await expect(page.getByText('hai người nhập khác nhau')).toBeVisible();
    await page.getByRole('button', { name: 'Giữ “30”' }).click();
    await expect(page.getByText('hai người nhập khác nhau')).toHaveCount(0);
    await page.goto(server.url);
    await openArea(page, 'Bản Bó');
    await openFamily(page, 'Giàng A Páo');
    await page.getByLabel('Ghi chú').fill('Mới nhập');
    await page.getByLabel('Ghi chú').press('Tab');
    await saved(page);

    // Nothing of what was stored has changed under it.
    const old = new Map(later.stores.edit);
    for (const [key, edit] of await rows(page, officer, 'edit')) {
      if (old.has(key)) expect(edit).toEqual(old.get(key));
    }
    await page.unroute('**/api/sync');
    await offlineReady(page);
    await syncNow(page);
    const records = new Map(await rows(page, officer, 'record'));
    expect(records.get(record).fields[FUTURE_FIELD][0][0]).toBe('để sau');
    expect(records.get(FUTURE_RECORD).fields[FUTURE_FIELD][0][0]).toBe(true);

    // The server has been sent everything, what it does not know as well. It shows what it can name: the
    // family that was added on this tablet.
    const mine = await log(page, officer);
    const added = mine.filter((edit) => edit.record.startsWith('family/')).map((edit) => edit.record.split('/')[1]);
    expect(new Set(added).size).toBe(1);
    const about = mine.filter((edit) => edit.record.includes(added[0]));
    expect(about.flatMap((edit) => edit.changes).some((change) => change.f === FUTURE_FIELD)).toBe(true);
    const entry = about.find((edit) => edit.record.startsWith('entry/'));
    const { history } = await server.entry(reviewer, entry.record);
    expect(history.map(({ edit }) => edit).reverse()).toEqual(about);
  } finally {
    await device.dispose();
    await server.dispose();
  }
});
