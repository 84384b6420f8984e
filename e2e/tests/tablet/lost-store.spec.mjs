// A browser that drops a site's databases while it keeps the rest: the officer is told what is missing,
// and what the server holds comes back.
import { expect, test } from '@playwright/test';
import { Device, offlineReady, signedIn, syncNow, synced, waiting } from '../../support/browser.mjs';
import { look } from '../../support/look.mjs';
import { Server } from '../../support/server.mjs';
import { log } from '../../support/stored.mjs';
import { openArea, openFamily, saved } from '../../support/tablet.mjs';

const COMMUNE = '03751';
const FAMILIES = ['Quàng Văn Chung', 'Lò Thị Ánh'];

for (const spare of [true, false]) {
  const what = spare ? 'what was only there comes back from its spare copy' : 'without a spare copy it is said what is gone';
  test(`a store that the browser lost is noticed; ${what}`, async () => {
    const server = await Server.create();
    await server.start();
    const officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
    const reviewer = server.account('so-noi-vu', 'province-reviewer', '14');
    server.roster(COMMUNE, FAMILIES.map((head, index) => ({ area: 'Bản Bó', head, house: `${index + 1}` })));
    const device = new Device(server.url);
    try {
      let page = await device.open();
      await signedIn(page, officer);
      await offlineReady(page);
      await note(page, FAMILIES[0], 'đã gửi');
      await syncNow(page);
      await synced(page);
      await server.kill();
      await page.goto(server.url);
      await note(page, FAMILIES[1], 'chưa gửi');
      await expect.poll(() => waiting(page)).not.toBe('0');
      const unsent = Number(await waiting(page));
      const notice = page.locator('[data-notice="loss"]');
      await expect(notice).toHaveCount(0);

      await page.evaluate(dropDatabases, spare);
      await page.goto(server.url);
      const said = spare ? `${unsent} thay đổi chưa gửi đã được lấy lại` : `Ít nhất ${unsent} thay đổi`;
      await expect(notice).toContainText(said);
      await look(page, spare ? 'lost-store-regained' : 'lost-store');
      if (spare) expect(await waiting(page)).toBe(String(unsent));
      // Still there after the app is closed, until somebody says that it was read.
      await device.close();
      page = await device.open();
      const again = page.locator('[data-notice="loss"]');
      await expect(again).toContainText(said);
      await again.getByRole('button', { name: 'Tôi đã biết' }).click();
      await expect(again).toHaveCount(0);

      // What the server holds is here again, and so is what was kept twice.
      await server.start();
      await syncNow(page);
      await expect.poll(() => noteOf(page, FAMILIES[0])).toBe('đã gửi');
      expect(await noteOf(page, FAMILIES[1])).toBe(spare ? 'chưa gửi' : '');
      await page.goto(server.url);
      await expect(page.locator('.app-header')).toBeVisible();
      await expect(again).toHaveCount(0);
      if (spare) {
        const [entry] = (await log(page, officer)).filter((edit) => edit.record.startsWith('entry/'));
        const { history } = await server.entry(reviewer, entry.record);
        expect(history.map(({ edit }) => edit)).toContainEqual(entry);
      }
      expect(server.cli(['recount'])).not.toContain('≠');
    } finally {
      await device.dispose();
      await server.dispose();
    }
  });
}

async function openNote(page, family) {
  await page.goto(new URL('/', page.url()).href);
  await openArea(page, 'Bản Bó');
  await openFamily(page, family);
  return page.getByLabel('Ghi chú');
}

async function note(page, family, text) {
  const field = await openNote(page, family);
  await field.fill(text);
  await field.press('Tab');
  await saved(page);
}

const noteOf = async (page, family) => (await openNote(page, family)).inputValue();

// Runs in the page. The app holds its databases open: the deletion waits until the page is left.
async function dropDatabases(spare) {
  if (!spare) for (const name of await caches.keys()) if (name.startsWith('thidua-spare')) await caches.delete(name);
  for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name);
}
