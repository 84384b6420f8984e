// Room on the device: shown, warned of well before the end; a private window or a browser without what the
// app needs is told at the start.
import { chromium, expect, test } from '@playwright/test';
import { LAUNCH } from '../playwright.config.mjs';
import { Device, offlineReady, signedIn, syncNow } from '../support/browser.mjs';
import { look } from '../support/look.mjs';
import { Server } from '../support/server.mjs';
import { addArea } from '../support/tablet.mjs';

const COMMUNE = '03751';
const MEGABYTE = 1_048_576;

test.describe.configure({ timeout: 120_000 });

async function withServer(work) {
  const server = await Server.create();
  await server.start();
  try {
    await work(server, server.account('can-bo-xa', 'commune-officer', COMMUNE));
  } finally {
    await server.dispose();
  }
}

test('usage, quota and what keeps the data are shown, and a warning comes before the end', () =>
  withServer(async (server, officer) => {
    const tablet = new Device(server.url);
    try {
      const page = await tablet.open();
      await signedIn(page, officer);
      await offlineReady(page);
      await syncNow(page);
      await server.kill();
      await expect(page.locator('.room-warning')).toHaveCount(0);
      await page.getByRole('link', { name: 'Đồng bộ', exact: true }).click();
      await page.getByRole('link', { name: 'Bộ nhớ của máy' }).click();
      await expect(page.locator('[data-fact="room"]')).toHaveText(/Đã dùng \d+ MB trong [\d.]+ MB, còn [\d.]+ MB/);
      await expect(page.locator('[data-fact="offline-ready"]')).toHaveText('Sẵn sàng');
      await expect(page.locator('[data-fact="persistence"]')).toHaveText(/^(Có|Chưa)\./);
      await look(page, 'tablet-storage');

      // The browser itself is told to allow less.
      const devtools = await page.context().newCDPSession(page);
      const allow = (left) =>
        page
          .evaluate(async () => (await navigator.storage.estimate()).usage)
          .then((used) => devtools.send('Storage.overrideQuotaForOrigin', { origin: server.url, quotaSize: used + left * MEGABYTE }));
      await allow(40);
      await page.reload();
      const warning = page.locator('.room-warning');
      await expect(warning).toContainText(/còn (39|40) MB/);
      await expect(warning).toContainText('Vẫn nhập được');
      await page.getByRole('link', { name: 'Tổng quan' }).first().click();
      await look(page, 'tablet-room-warning');
      await addArea(page, 'Bản Nà Lĩnh');
      await allow(6);
      await page.reload();
      await expect(warning).toContainText('sắp không lưu được nữa');
      await warning.getByRole('link', { name: 'Xem cần làm gì' }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'Bộ nhớ của máy' })).toBeVisible();
      await expect(page.getByText('Xóa bớt ảnh, video, ứng dụng')).toBeVisible();
    } finally {
      await tablet.dispose();
    }
  }));

test('a private window is told at the start, a lasting one is not', () =>
  withServer(async (server) => {
    const browser = await chromium.launch(LAUNCH);
    const tablet = new Device(server.url);
    try {
      // A context that is not of a profile on the disk is what Chromium calls incognito.
      const page = await (await browser.newContext({ viewport: { width: 800, height: 1280 } })).newPage();
      await page.goto(server.url);
      await expect(page.getByText('Có thể đây là cửa sổ ẩn danh')).toBeVisible();
      await look(page, 'tablet-private-window');
      const lasting = await tablet.open();
      await offlineReady(lasting);
      await expect(lasting.getByLabel('Tài khoản')).toBeVisible();
      await expect(lasting.getByText('cửa sổ ẩn danh')).toHaveCount(0);
    } finally {
      await browser.close();
      await tablet.dispose();
    }
  }));

for (const [what, lack, said] of [
  ['a database', () => Object.defineProperty(window, 'indexedDB', { value: undefined }), 'không cho lưu dữ liệu trên máy'],
  ['a service worker', () => delete Navigator.prototype.serviceWorker, 'không mở được sổ khi mất mạng'],
]) {
  test(`a browser without ${what} is told at the start`, () =>
    withServer(async (server) => {
      const tablet = new Device(server.url);
      try {
        const page = await tablet.open('/api/health');
        await page.addInitScript(lack);
        await page.goto(server.url);
        await expect(page.getByText(said)).toBeVisible();
        await expect(page.getByLabel('Tài khoản')).toBeVisible();
      } finally {
        await tablet.dispose();
      }
    }));
}
