// Every screen on a tablet and on a desktop, light and dark: no accessibility violation, nothing wider
// than the screen. Pictures go to test-results/screens for people to look at.
import { expect, test } from '@playwright/test';
import { Device, signedIn, synced } from '../support/browser.mjs';
import { look as lookAt } from '../support/look.mjs';
import { album, choosePhotos, makePhoto } from '../support/photos.mjs';
import { Server } from '../support/server.mjs';

const PASSWORD = 'mat-khau-thu-nghiem';
const COMMUNE = '03718';

const look = (page, screen, name) => lookAt(page, `${screen}-${name}`);

test.describe.configure({ timeout: 600_000 });

let server;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  server = await Server.create();
  server.cli(['demo']);
  for (const name of ['can-bo-1', 'huyen-1', 'so-noi-vu', 'quan-tri']) {
    server.cli(['account', 'password', name, '--password-stdin'], `${PASSWORD}\n`);
  }
  await server.start();
});

test.afterAll(async () => {
  await server.dispose();
});

for (const screen of ['tablet', 'desktop']) {
  test(`the officer's screens, ${screen}`, async () => {
    const device = new Device(server.url, screen);
    try {
      const page = await device.open();
      await expect(page.getByLabel('Tài khoản')).toBeVisible();
      await look(page, screen, '01-sign-in');
      await signedIn(page, { name: 'can-bo-1', password: PASSWORD });
      await synced(page);
      await expect(page.locator('.area-list__link').first()).toBeVisible();
      await expect(page.locator('.sync-strip')).toContainText('Đã kết nối', { timeout: 60_000 });
      await look(page, screen, '02-home');
      await page.getByRole('button', { name: 'Thêm khu dân cư' }).click();
      await look(page, screen, '03-add-area');
      await page.keyboard.press('Escape');
      await page.locator('.area-list__link').first().click();
      await expect(page.locator('.grid__name').first()).toBeVisible();
      await look(page, screen, '04-roster');
      await page.getByRole('grid').focus();
      for (const key of ['ArrowDown', '5', ' ']) await page.keyboard.press(key);
      await expect(page.locator('.action-bar__said')).not.toBeEmpty();
      await look(page, screen, '04-roster-chosen');
      await page.locator('[data-action="bulk"]').click();
      await look(page, screen, '04-roster-many');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: /cuộc họp$/ }).click();
      await look(page, screen, '04-roster-meeting');
      await page.keyboard.press('Escape');
      await page.locator('.grid__name').first().click();
      await expect(page.locator('.result-panel')).toBeVisible();
      await look(page, screen, '05-family');
      // A photo of its own: the one of the other screen is there already, and is not added twice.
      const photo = await makePhoto(page, { seed: screen === 'tablet' ? 1 : 2 });
      await choosePhotos(page, 'Ảnh minh chứng', photo);
      await album(page, 'Ảnh minh chứng').scrollIntoViewIfNeeded();
      await look(page, screen, '05-family-photos');
      await album(page, 'Ảnh minh chứng').locator('.photo__open').first().click();
      await expect(page.locator('.gallery__picture')).toBeVisible();
      await look(page, screen, '05-photo');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Sửa, chuyển khu' }).click();
      await look(page, screen, '06-edit-family');
      await page.keyboard.press('Escape');
      await page.locator('.breadcrumb a').last().click();
      await page.getByRole('link', { name: 'Đánh giá khu dân cư' }).click();
      await expect(page.locator('.result-panel')).toBeVisible();
      await look(page, screen, '07-area-entry');
      await page.getByRole('link', { name: 'Khu dân cư văn hóa' }).click();
      await expect(page.getByRole('heading', { name: 'Điểm tự chấm' })).toBeVisible();
      await look(page, screen, '07-area-cultural');
      await page.getByRole('link', { name: 'Tìm hộ', exact: true }).click();
      await page.getByRole('searchbox', { name: 'Tìm hộ' }).fill('a');
      await page.locator('[data-filter="chua-dat"]').click();
      await expect(page.locator('.grid__name').first()).toBeVisible();
      await look(page, screen, '07-find');
      await page.getByRole('link', { name: 'Đơn vị', exact: true }).click();
      await expect(page.locator('.roster__row').first()).toBeVisible();
      await look(page, screen, '08-units');
      await page.locator('.roster__link').first().click();
      await expect(page.locator('.result-panel')).toBeVisible();
      await look(page, screen, '09-unit');
      await page.getByRole('link', { name: 'Xã', exact: true }).click();
      await expect(page.locator('.result-panel')).toBeVisible();
      await look(page, screen, '10-commune');
      await page.getByRole('link', { name: /^Chỉ tiêu của xã/ }).click();
      await expect(page.locator('.book__line').first()).toBeVisible();
      await look(page, screen, '10-own-targets');
      await page.getByRole('button', { name: 'Đặt chỉ tiêu: Hộ nghèo' }).click();
      await look(page, screen, '10-own-target-form');
      await page.keyboard.press('Escape');
      await page.locator('.breadcrumb a').click();
      await page.getByRole('link', { name: /^Kiểm tra/ }).click();
      await expect(page.locator('.book__line').first()).toBeVisible();
      await look(page, screen, '10-inspections');
      await page.getByRole('link', { name: 'Đồng bộ', exact: true }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'Đồng bộ' })).toBeVisible();
      await look(page, screen, '11-sync');
      await page.getByRole('link', { name: 'Bàn giao giữa các xã' }).click();
      await expect(page.getByText('Không có nội dung nào đang bàn giao.')).toBeVisible();
      await look(page, screen, '13-handovers');
      await page.getByRole('link', { name: 'Đồng bộ', exact: true }).click();
      await page.getByRole('link', { name: 'Bàn giao máy' }).click();
      await expect(page.locator('[data-custody]')).toBeVisible();
      await look(page, screen, '14-custody');
      await page.goBack();
      await page.locator('.button-row').getByRole('link', { name: 'Gói chuyển tay' }).first().click();
      await expect(page.getByRole('heading', { level: 1, name: 'Gói chuyển tay' })).toBeVisible();
      await look(page, screen, '15-courier');
      await page.goBack();
      await device.context.setOffline(true);
      await expect(page.locator('.sync-strip')).toContainText('Đang ngoại tuyến');
      await look(page, screen, '12-sync-offline');
    } finally {
      await device.dispose();
    }
  });

  test(`the reviewers' screens, ${screen}`, async () => {
    const device = new Device(server.url, screen);
    try {
      const page = await device.open();
      await signedIn(page, { name: 'so-noi-vu', password: PASSWORD });
      await expect(page.locator('tr[data-area]').first()).toBeVisible();
      await look(page, screen, '20-province');
      await page.goto(`${server.url}/dia-ban/118`);
      await expect(page.locator(`tr[data-area="${COMMUNE}"]`)).toBeVisible();
      await look(page, screen, '21-district');
      await page.locator(`tr[data-area="${COMMUNE}"] a`).click();
      await expect(page.getByRole('heading', { name: 'Khu dân cư' })).toBeVisible();
      await look(page, screen, '22-commune');
      await page.getByRole('link', { name: 'Chờ duyệt' }).click();
      await expect(page.locator('tbody tr').first()).toBeVisible();
      await look(page, screen, '23-queue');
      await page.goto(`${server.url}/cho-duyet?state=qua-han`);
      await expect(page.locator('tbody .correct-by').first()).toBeVisible();
      await look(page, screen, '23-queue-overdue');
      await page.goto(`${server.url}/cho-duyet?desk=both`);
      await expect(page.locator('tbody tr').first()).toBeVisible();
      await look(page, screen, '23-queue-both-desks');
      await page.locator('tbody a').first().click();
      await expect(page.locator('.timeline__item').first()).toBeVisible();
      await look(page, screen, '24-entry');
      for (const [path, heading, drawn, name] of [
        ['/xu-huong/118?chi-tieu=khu-dan-cu-an-toan&ngay=2022-12-22', 'Xu hướng: Huyện Quỳnh Nhai', '.chart', '31-trend'],
        ['/can-xem', 'Điểm cần xem lại', '.hints__group', '32-outliers'],
        ['/so-sanh?dia-ban=118,03718,03685', 'So sánh địa bàn và năm', '.chart', '33-compare'],
      ]) {
        await page.goto(server.url + path);
        await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
        await expect(page.locator(drawn).first()).toBeVisible();
        await look(page, screen, name);
      }
      for (const [path, heading, name] of [
        ['/ban-do', 'Bản đồ Tỉnh Sơn La', '26-map'],
        ['/ban-do/118?chi-tieu=ho-ngheo', 'Bản đồ Huyện Quỳnh Nhai', '27-map-district'],
        ['/don-doc', 'Đôn đốc', '28-urging'],
        ['/dia-gioi-moi', 'Theo địa giới từ 01/7/2025', '31-reformed'],
        ['/so-lieu', 'Số liệu cấp tỉnh', '29-figures'],
        ['/kiem-tra', 'Kiểm tra', '36-inspections'],
        ['/chi-tieu', 'Chỉ tiêu riêng: Tỉnh Sơn La', '35-own-targets'],
        ['/chi-tieu/118?muc=khu-dan-cu-an-toan', 'Chỉ tiêu riêng: Huyện Quỳnh Nhai', '35-own-targets-district'],
        ['/thiet-lap', 'Thiết lập', '31-settings'],
      ]) {
        await page.goto(server.url + path);
        await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
        await expect(page.locator('tbody tr').first()).toBeVisible();
        await look(page, screen, name);
      }
      await page.getByRole('button', { name: 'Đổi hạn: Gia đình văn hóa' }).click();
      await look(page, screen, '32-settings-form');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Đổi bước thẩm định: Gia đình văn hóa' }).click();
      await look(page, screen, '32-appraisal-form');
      await page.goto(`${server.url}/kiem-tra?state=closed`);
      await page.getByRole('button', { name: /^Ghi kết quả kiểm tra/ }).first().click();
      await look(page, screen, '36-inspection-form');
      await page.goto(`${server.url}/uy-quyen`);
      await page.getByRole('button', { name: 'Uỷ quyền', exact: true }).click();
      await page.getByRole('dialog').getByLabel('Người nhận').selectOption('nguoi-xem');
      await look(page, screen, '37-delegation-form');
      await page.goto(`${server.url}/goi-chuyen-tay`);
      await expect(page.getByRole('heading', { level: 1, name: 'Chuyển hộ gói' })).toBeVisible();
      await look(page, screen, '31-courier');
      await page.goto(`${server.url}/so-lieu`);
      await page.getByRole('button', { name: 'Nhập số liệu: GRDP tăng' }).click();
      await look(page, screen, '30-figure-form');
      await page.goto(`${server.url}/dia-gioi`);
      await expect(page.getByText('Không có nội dung nào đang chờ.')).toBeVisible();
      await look(page, screen, '32-areas');
      await page.goto(`${server.url}/khong-co`);
      await expect(page.getByText('Không có trang này')).toBeVisible();
      await look(page, screen, '25-not-here');
    } finally {
      await device.dispose();
    }
  });

  test(`the administrator's screens, ${screen}`, async () => {
    const device = new Device(server.url, screen);
    try {
      const page = await device.open();
      await signedIn(page, { name: 'quan-tri', password: PASSWORD });
      await page.getByRole('link', { name: 'Tài khoản' }).click();
      const row = page.locator('tr[data-account="can-bo-1"]');
      await row.locator('summary, .table__note').last().click();
      await look(page, screen, '33-accounts');
      await row.getByRole('button', { name: 'Sửa can-bo-1' }).click();
      await look(page, screen, '34-account-form');
    } finally {
      await device.dispose();
    }
  });
}
