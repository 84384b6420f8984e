// What the province sets reaches every tablet: due dates and reporting terms, with who says so.
import { expect, test } from '@playwright/test';
import { Device, signedIn, syncNow } from '../../support/browser.mjs';
import { look } from '../../support/look.mjs';
import { arrived, register } from '../../support/roster.mjs';
import { Server } from '../../support/server.mjs';

const COMMUNE = '03751';

test.describe.configure({ timeout: 180_000 });

const vi = (date) => date.toLocaleDateString('en-GB', { timeZone: 'Asia/Ho_Chi_Minh' });

test('a due date that the province sets stands on the tablet, also without a network', async () => {
  const server = await Server.create();
  await server.start();
  const officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  const administrator = server.account('quan-tri', 'administrator', '14');
  server.roster(COMMUNE, register(4));
  const tablet = new Device(server.url);
  const office = new Device(server.url, 'desktop');
  try {
    const page = await tablet.open();
    // The tablet's own day decides how many days are left.
    await page.clock.setFixedTime(new Date('2022-11-20T08:00:00+07:00'));
    await signedIn(page, officer);
    await arrived(page, 4);
    const due = (text) => page.locator('.dues__item', { hasText: text });
    await expect(due('Đăng ký Gia đình văn hóa')).toContainText('hạn 29/01/2022 · đã quá hạn');
    await expect(due('Gửi duyệt: Gia đình văn hóa')).toContainText('hạn 19/12/2022 · còn 29 ngày');
    await expect(due('Gửi duyệt: Gia đình văn hóa')).toContainText('theo quy định');
    await expect(due('Gửi duyệt: Gia đình văn hóa')).toContainText('4 chưa gửi');
    await look(page, 'tablet-dues-by-law');

    const desk = await office.open();
    await signedIn(desk, administrator);
    await desk.getByRole('link', { name: 'Thiết lập' }).click();
    await expect(desk.getByRole('heading', { level: 1, name: 'Thiết lập' })).toBeVisible();
    await look(desk, 'desktop-settings-by-law');
    await desk.getByRole('button', { name: 'Đổi hạn: Gia đình văn hóa' }).click();
    const dialog = desk.getByRole('dialog');
    await dialog.getByLabel('Hạn gửi duyệt').fill('15/01/2022');
    await dialog.getByLabel('Văn bản làm căn cứ').fill('Kế hoạch 12/KH-UBND');
    await dialog.getByRole('button', { name: 'Lưu' }).click();
    await expect(dialog.getByRole('alert')).toContainText('chưa đúng thứ tự');
    await look(desk, 'desktop-settings-days-form');
    await dialog.getByLabel('Hạn gửi duyệt').fill('25/11/2022');
    await dialog.getByRole('button', { name: 'Lưu' }).click();
    await expect(dialog).toBeHidden();
    const row = desk.locator('tr[data-assessment="gia-dinh-van-hoa"] [data-cell="submission"]');
    await expect(row).toContainText('25/11/2022');
    await expect(row).toContainText(`tỉnh đặt ngày ${vi(new Date())}, Kế hoạch 12/KH-UBND`);

    await desk.getByRole('button', { name: 'Thêm kỳ báo cáo' }).click();
    await dialog.getByLabel('Tên kỳ').fill('Cả năm 2022');
    await dialog.getByLabel('Từ ngày').fill('01/01/2022');
    await dialog.getByLabel('Đến ngày').fill('31/12/2022');
    await dialog.getByLabel('Hạn báo cáo').fill('05/12/2022');
    await dialog.getByLabel('Văn bản làm căn cứ').fill('Công văn 100/SNV-TĐKT');
    await look(desk, 'desktop-settings-term-form');
    await dialog.getByRole('button', { name: 'Lưu' }).click();
    await expect(dialog).toBeHidden();
    await expect(desk.locator('tr[data-term="1"]')).toContainText('05/12/2022');
    await look(desk, 'desktop-settings');
    await desk.getByRole('link', { name: 'Đôn đốc' }).click();
    await expect(desk.locator('[data-urging-lead]')).toContainText('Hạn nộp 25/11/2022 (tỉnh đặt ngày');

    await syncNow(page);
    await server.kill();
    await expect(due('Gửi duyệt: Gia đình văn hóa')).toContainText('hạn 25/11/2022 · còn 5 ngày');
    await expect(due('Gửi duyệt: Gia đình văn hóa')).toContainText('tỉnh đặt ngày');
    const term = due('Báo cáo kỳ Cả năm 2022');
    await expect(term).toContainText('hạn 05/12/2022 · còn 15 ngày');
    await look(page, 'tablet-dues-set');
  } finally {
    await tablet.dispose();
    await office.dispose();
    await server.dispose();
  }
});
