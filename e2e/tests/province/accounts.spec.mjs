// An administrator adds an account, hands its password over, and ends the session of a lost tablet, on which
// nothing is lost.
import { expect, test } from '@playwright/test';
import { Device, signedIn, syncNow, synced, waiting } from '../../support/browser.mjs';
import { look } from '../../support/look.mjs';
import { Server } from '../../support/server.mjs';
import { addArea } from '../../support/tablet.mjs';

const COMMUNE = '03751';

test.describe.configure({ timeout: 180_000 });

test('an account is added, its tablet told to sign in again, and its unsent work goes out afterwards', async () => {
  const server = await Server.create();
  await server.start();
  const administrator = server.account('quan-tri', 'administrator', '14');
  const office = new Device(server.url, 'desktop');
  const tablet = new Device(server.url);
  try {
    const desk = await office.open();
    await signedIn(desk, administrator);
    await desk.getByRole('link', { name: 'Tài khoản' }).click();
    await expect(desk.getByRole('heading', { level: 1, name: 'Tài khoản và máy' })).toBeVisible();
    await desk.getByRole('button', { name: 'Thêm tài khoản' }).click();
    const dialog = desk.getByRole('dialog');
    await dialog.getByLabel('Tên đăng nhập').fill('can-bo-moi');
    await dialog.getByLabel('Tên người hoặc cơ quan').fill('Lò Thị Mới');
    await dialog.getByRole('button', { name: 'Lưu' }).click();
    await expect(dialog.getByRole('alert')).toContainText('ít nhất một địa bàn');
    await dialog.getByLabel('Thêm địa bàn').selectOption(COMMUNE);
    await look(desk, 'desktop-account-form');
    await dialog.getByRole('button', { name: 'Lưu' }).click();
    await expect(dialog).toBeHidden();
    const password = (await desk.locator('[data-password]').innerText()).trim();
    await look(desk, 'desktop-account-password');
    await desk.getByRole('button', { name: 'Đã chép xong' }).click();
    await expect(desk.locator('[data-password]')).toHaveCount(0);

    const officer = { name: 'can-bo-moi', password };
    const page = await tablet.open();
    await signedIn(page, officer);
    await addArea(page, 'Bản Bó');
    await syncNow(page);
    await desk.reload();
    const row = desk.locator('tr[data-account="can-bo-moi"]');
    await row.locator('summary').click();
    await expect(row).toContainText('1 phiên đăng nhập · 1 máy đã gửi');
    await look(desk, 'desktop-accounts');
    await row.getByRole('button', { name: 'Kết thúc phiên' }).click();
    await expect(row).toContainText('0 phiên đăng nhập · 1 máy đã gửi');

    // The tablet goes on entering; what it enters waits until somebody signs in again.
    await addArea(page, 'Bản Xa');
    await expect(page.locator('.sync-strip')).toContainText('Hết phiên đăng nhập', { timeout: 30_000 });
    expect(Number(await waiting(page))).toBeGreaterThan(0);
    await page.getByRole('link', { name: 'Đồng bộ' }).last().click();
    await page.getByLabel('Mật khẩu').fill(officer.password);
    await page.getByRole('button', { name: 'Đăng nhập lại' }).click();
    await synced(page);
    await desk.reload();
    await expect(row).toContainText('1 phiên đăng nhập');
  } finally {
    await office.dispose();
    await tablet.dispose();
    await server.dispose();
  }
});
