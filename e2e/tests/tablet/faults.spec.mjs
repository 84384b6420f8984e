// What a tablet meets in the field: a portal's page, a wrong clock. Each is said in words, and nothing that
// was entered is lost.
import { createServer } from 'node:http';
import { expect, test } from '@playwright/test';
import { Device, offlineReady, signedIn, syncNow, synced, waiting } from '../../support/browser.mjs';
import { Server } from '../../support/server.mjs';
import { addFamily, familiesListed, openArea, openFamily, saved } from '../../support/tablet.mjs';

const COMMUNE = '03751';

test.describe.configure({ timeout: 180_000 });

let server;
let officer;
let devices;

test.beforeEach(async () => {
  devices = [];
  server = await Server.create();
  await server.start();
  officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  server.roster(COMMUNE, [{ area: 'Bản Bó', head: 'Quàng Văn Chung', house: '1' }]);
});

test.afterEach(async () => {
  for (const device of devices) await device.dispose();
  await server.dispose();
});

async function tablet() {
  const device = new Device(server.url);
  devices.push(device);
  const page = await device.open();
  await signedIn(page, officer);
  await offlineReady(page);
  await synced(page);
  await expect(page.locator('.area-list__link', { hasText: 'Bản Bó' })).toBeVisible();
  return page;
}

async function enterInvited(page, count) {
  await page.getByLabel('Số hộ được mời').fill(String(count));
  await page.getByLabel('Số hộ được mời').press('Tab');
}

const syncPage = (page) => page.getByRole('link', { name: 'Đồng bộ' }).last().click();

test('a portal that answers everything with its own page is not taken for the server', async () => {
  const page = await tablet();
  await openArea(page, 'Bản Bó');
  await server.kill();
  const portal = createServer((_, answer) => {
    answer.writeHead(200, { 'content-type': 'text/html' });
    answer.end('<!doctype html><title>Wi-Fi</title><form>Đăng nhập để dùng wifi</form>');
  });
  await new Promise((resolve) => portal.listen(server.port, '127.0.0.1', resolve));
  try {
    await addFamily(page, 'Vàng A Chống', '77');
    await syncPage(page);
    await page.getByRole('button', { name: 'Đồng bộ ngay' }).click();
    const said = page.locator('.banner', { hasText: 'Chưa tới được máy chủ' });
    await expect(said).toContainText('Dữ liệu vẫn còn trên máy');
    await expect(said).toContainText('đăng nhập wifi');
    expect(Number(await waiting(page))).toBeGreaterThan(0);
    // Begun again behind the portal, it is the app that begins and not the portal's page.
    await page.reload();
    await openArea(page, 'Bản Bó');
    await familiesListed(page, 2);
    expect(Number(await waiting(page))).toBeGreaterThan(0);
  } finally {
    portal.closeAllConnections();
    await new Promise((resolve) => portal.close(resolve));
  }
  await server.start();
  await syncNow(page);
  const other = await tablet();
  await openArea(other, 'Bản Bó');
  await familiesListed(other, 2);
});

test('a clock that is years off, and jumps back, hides no later edit', async () => {
  const wrong = await tablet();
  const right = await tablet();
  for (const page of [wrong, right]) {
    await openArea(page, 'Bản Bó');
    await openFamily(page, 'Quàng Văn Chung');
  }
  const shows = async (value) => {
    for (const page of [wrong, right]) {
      await syncNow(page);
      await expect(page.getByLabel('Số hộ được mời')).toHaveValue(value);
      await expect(page.getByText('hai người nhập khác nhau')).toHaveCount(0);
    }
  };
  const enterOn = async (page, count) => {
    await enterInvited(page, count);
    await saved(page);
    await syncNow(page);
  };
  await wrong.clock.setFixedTime(new Date('2049-05-01T08:00:00Z'));
  await enterOn(wrong, 30);
  await shows('30');
  // Later, though its time says twenty-odd years sooner.
  await enterOn(right, 31);
  await shows('31');
  await wrong.clock.setFixedTime(new Date('1999-01-01T08:00:00Z'));
  await enterOn(wrong, 32);
  await shows('32');
  await enterOn(right, 33);
  await shows('33');
  await syncPage(wrong);
  await expect(wrong.getByText(/Đồng hồ của máy chậm [\d.]+ ngày so với máy chủ/)).toBeVisible();
  await expect(wrong.getByText('hãy chỉnh lại ngày giờ')).toBeVisible();
  await syncPage(right);
  await expect(right.getByText('Đồng hồ của máy')).toHaveCount(0);
});

test('whatever is entered or arrives is written through to the disk before it counts', async () => {
  const page = await tablet();
  await page.addInitScript(() => {
    window.asked = [];
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (...how) {
      const made = transaction.apply(this, how);
      if (made.mode === 'readwrite') window.asked.push({ database: this.name, durability: made.durability });
      return made;
    };
  });
  await page.reload();
  await openArea(page, 'Bản Bó');
  await openFamily(page, 'Quàng Văn Chung');
  await enterInvited(page, 30);
  await saved(page);
  await syncNow(page);
  const asked = await page.evaluate(() => window.asked);
  const own = asked.filter(({ database }) => database === `so-thi-dua.${officer.name}`);
  expect(own.length).toBeGreaterThan(2);
  expect(new Set(own.map(({ durability }) => durability))).toEqual(new Set(['strict']));
});
