// Writes what today's program stores on a tablet to a file, to be kept: programs of later years must read
// it (tests/tablet/stored-year.spec.mjs). To be run once for each version of the local schema:
//   node support/capture-store.mjs fixtures/store-2.json
import { writeFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { Device, offlineReady, signedIn, syncNow } from './browser.mjs';
import { Server } from './server.mjs';
import { rows } from './stored.mjs';
import { addFamily, backToArea, fillFamily, openArea, openFamily, saved, submit } from './tablet.mjs';

const COMMUNE = '03751';
const STORES = ['record', 'edit', 'rejected', 'meta'];

const file = process.argv[2];
const server = await Server.create();
await server.start();
const officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
server.roster(COMMUNE, [
  { area: 'Bản Bó', head: 'Quàng Văn Chung', house: '1' },
  { area: 'Bản Bó', head: 'Lò Thị Mẩy', house: '2' },
]);
const devices = [new Device(server.url), new Device(server.url)];
try {
  const pages = [];
  for (const device of devices) {
    const page = await device.open();
    await signedIn(page, officer);
    await offlineReady(page);
    await syncNow(page);
    pages.push(page);
  }
  // Two tablets, one field: a conflict that stays.
  for (const [place, page] of pages.entries()) {
    await openArea(page, 'Bản Bó');
    await openFamily(page, 'Lò Thị Mẩy');
    if (place === 0) await server.kill();
    await page.getByLabel('Số hộ được mời').fill(String(30 + place));
    await page.getByLabel('Số hộ được mời').press('Tab');
    await saved(page);
  }
  await server.start();
  for (const page of [...pages, pages[0]]) await syncNow(page);
  const [page] = pages;
  await backToArea(page);
  await openFamily(page, 'Quàng Văn Chung');
  await fillFamily(page);
  await submit(page);
  await syncNow(page);
  // The rest waits.
  await server.kill();
  await page.getByLabel('Ghi chú').fill('Sẽ bổ sung giấy tờ');
  await page.getByLabel('Ghi chú').press('Tab');
  await saved(page);
  await backToArea(page);
  await addFamily(page, 'Giàng A Páo', '3');
  const stores = {};
  for (const store of STORES) stores[store] = await rows(page, officer, store);
  expect(stores.meta.length).toBe(1);
  writeFileSync(file, `${JSON.stringify({ account: officer.name, commune: COMMUNE, stores }, null, 1)}\n`);
} finally {
  for (const device of devices) await device.dispose();
  await server.dispose();
}
