// The main job, end to end: a commune enters offline, the province sees it merged.
import { expect, test } from '@playwright/test';
import { Device, offlineReady, signedIn, syncNow, waiting } from '../support/browser.mjs';
import { Server, tallyOf } from '../support/server.mjs';
import { addArea, addFamily, backToArea, familiesListed, fillFamily, openArea, openFamily, saved, submit } from '../support/tablet.mjs';

const COMMUNE = '03751'; // xã Chiềng Ly, huyện Thuận Châu

const GIVEN = ['Hặc', 'Páo', 'Ún', 'Chung', 'Dơ', 'Súa', 'Inh', 'Phương', 'Tếnh', 'Mẩy'];
const FAMILY = ['Lò Văn', 'Giàng A', 'Quàng Thị'];
const name = (number) => `${FAMILY[Math.floor((number - 1) / 10)]} ${GIVEN[(number - 1) % 10]}`;

test.describe.configure({ timeout: 240_000 });

test('thirty families entered while the server is dead all arrive, once', async () => {
  const server = await Server.create();
  await server.start();
  const officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  const reviewer = server.account('so-noi-vu', 'province-reviewer', '14');
  const tablet = new Device(server.url);
  const office = new Device(server.url, 'desktop');
  try {
    let page = await tablet.open();
    await signedIn(page, officer);
    await expect(page.getByRole('heading', { name: 'Tổng quan' })).toBeVisible();
    await offlineReady(page);

    await server.kill();
    await addArea(page, 'Bản Nà Lĩnh');
    await openArea(page, 'Bản Nà Lĩnh');
    for (let number = 1; number <= 20; number += 1) {
      await addFamily(page, name(number), String(number));
    }
    for (const number of [1, 2, 3]) {
      await openFamily(page, name(number));
      await fillFamily(page);
      await submit(page);
      await saved(page);
      await backToArea(page);
    }

    // Reloaded without a server, it is all there and goes on.
    await page.reload();
    await familiesListed(page, 20);
    for (let number = 21; number <= 30; number += 1) {
      await addFamily(page, name(number), String(number));
    }
    const before = await waiting(page);
    expect(Number(before)).toBeGreaterThan(30);

    // Closed, and opened again without a server.
    await tablet.close();
    page = await tablet.open();
    await expect(page.getByRole('heading', { name: 'Tổng quan' })).toBeVisible();
    expect(await waiting(page)).toBe(before);
    await openArea(page, 'Bản Nà Lĩnh');
    await familiesListed(page, 30);

    // The reviewer looks on while the server returns and the tablet syncs by itself.
    await server.start();
    const desk = await office.open();
    await signedIn(desk, reviewer);
    await desk.goto(`${server.url}/dia-ban/${COMMUNE}`);
    await syncNow(page);
    const row = desk.locator('tr[data-indicator="gia-dinh-van-hoa"]');
    await expect(row.locator('[data-cell="reported"]')).toHaveText('3/30');

    const tally = tallyOf(await server.overview(reviewer, COMMUNE), 'gia-dinh-van-hoa');
    expect(tally.expected).toBe(30);
    expect(tally.submitted.met).toBe(3);

    // Syncing again changes nothing.
    await page.getByRole('link', { name: 'Đồng bộ' }).last().click();
    await expect(page.getByRole('button', { name: 'Đồng bộ ngay' })).toBeEnabled();
    await syncNow(page);
    expect(tallyOf(await server.overview(reviewer, COMMUNE), 'gia-dinh-van-hoa')).toEqual(tally);
    expect(server.cli(['recount'])).not.toContain('≠');
  } finally {
    await tablet.dispose();
    await office.dispose();
    await server.dispose();
  }
});

test('two tablets offline: different families of one area, different fields of one family', async () => {
  const server = await Server.create();
  await server.start();
  const officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  const reviewer = server.account('so-noi-vu', 'province-reviewer', '14');
  server.roster(COMMUNE, [{ area: 'Bản Bó', head: 'Quàng Văn Chung', house: '1' }]);
  const first = new Device(server.url);
  const second = new Device(server.url);
  try {
    const pages = [await first.open(), await second.open()];
    for (const page of pages) {
      await signedIn(page, officer);
      await expect(page.locator('.area-list__link', { hasText: 'Bản Bó' })).toBeVisible();
      await offlineReady(page);
    }
    await server.kill();

    await openArea(pages[0], 'Bản Bó');
    await addFamily(pages[0], 'Giàng A Páo', '2');
    await openFamily(pages[0], 'Quàng Văn Chung');
    await pages[0].getByLabel('Số hộ được mời').fill('30');
    await pages[0].getByLabel('Số hộ được mời').press('Tab');
    await saved(pages[0]);

    await openArea(pages[1], 'Bản Bó');
    await addFamily(pages[1], 'Cà Thị Ún', '3');
    await openFamily(pages[1], 'Quàng Văn Chung');
    await pages[1].getByLabel('Số hộ dự họp').fill('20');
    await pages[1].getByLabel('Số hộ dự họp').press('Tab');
    await saved(pages[1]);

    await server.start();
    for (const page of [...pages, ...pages]) {
      await syncNow(page);
    }
    for (const page of pages) {
      await openArea(page, 'Bản Bó');
      await familiesListed(page, 3);
      await openFamily(page, 'Quàng Văn Chung');
      await expect(page.getByLabel('Số hộ được mời')).toHaveValue('30');
      await expect(page.getByLabel('Số hộ dự họp')).toHaveValue('20');
      await expect(page.getByText('hai người nhập khác nhau')).toHaveCount(0);
    }
    expect(tallyOf(await server.overview(reviewer, COMMUNE), 'gia-dinh-van-hoa').expected).toBe(3);
  } finally {
    await first.dispose();
    await second.dispose();
    await server.dispose();
  }
});

test('two tablets write one field differently: both values stay until somebody chooses', async () => {
  const server = await Server.create();
  await server.start();
  const officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  server.roster(COMMUNE, [{ area: 'Bản Bó', head: 'Quàng Văn Chung', house: '1' }]);
  const devices = [new Device(server.url), new Device(server.url)];
  try {
    const pages = [];
    for (const device of devices) {
      const page = await device.open();
      pages.push(page);
      await signedIn(page, officer);
      await openArea(page, 'Bản Bó');
      await openFamily(page, 'Quàng Văn Chung');
      await offlineReady(page);
    }
    await server.kill();
    for (const [index, page] of pages.entries()) {
      await page.getByLabel('Số hộ được mời').fill(['30', '31'][index]);
      await page.getByLabel('Số hộ được mời').press('Tab');
      await saved(page);
    }
    await server.start();
    for (const page of [...pages, pages[0]]) {
      await syncNow(page);
    }
    for (const page of pages) {
      await expect(page.getByText('hai người nhập khác nhau')).toBeVisible();
    }
    await pages[0].getByRole('button', { name: 'Giữ “30”' }).click();
    for (const page of pages) await syncNow(page);
    for (const page of pages) {
      await expect(page.getByText('hai người nhập khác nhau')).toHaveCount(0);
      await expect(page.getByLabel('Số hộ được mời')).toHaveValue('30');
    }
  } finally {
    for (const device of devices) await device.dispose();
    await server.dispose();
  }
});
