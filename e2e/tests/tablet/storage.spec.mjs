// Room on the device: shown, warned of well before the end; a browser without what the app
// needs is told at the start.
import { expect, test } from '@playwright/test';
import { Device, offlineReady, signedIn, syncNow } from '../../support/browser.mjs';
import { look } from '../../support/look.mjs';
import { Server } from '../../support/server.mjs';
import { addArea } from '../../support/tablet.mjs';

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

      // What a browser says that is short of room: Chromium itself says ten gigabytes whatever there is.
      const allow = (left) =>
        page.addInitScript((left) => {
          const estimate = StorageManager.prototype.estimate;
          StorageManager.prototype.estimate = async function () {
            const { usage } = await estimate.call(this);
            return { usage, quota: usage + left };
          };
        }, left * MEGABYTE);
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
