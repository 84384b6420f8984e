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

test('a renamed commune, a new one and one that ends are known to reviewers at once and to the tablet', async () => {
  const server = await Server.create();
  await server.start();
  const officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  const administrator = server.account('quan-tri', 'administrator', '14');
  const viewer = server.account('nguoi-xem', 'viewer', '119');
  server.roster(COMMUNE, register(2));
  const tablet = new Device(server.url);
  const office = new Device(server.url, 'desktop');
  const other = new Device(server.url, 'desktop');
  try {
    const page = await tablet.open();
    await signedIn(page, officer);
    await arrived(page, 2);
    const watching = await other.open();
    await signedIn(watching, viewer);
    await expect(watching.locator('.live[data-live="true"]')).toBeVisible();

    const desk = await office.open();
    await signedIn(desk, administrator);
    await desk.getByRole('link', { name: 'Thiết lập' }).click();
    const add = async (what, fill) => {
      await desk.getByRole('button', { name: 'Thêm thay đổi' }).click();
      const dialog = desk.getByRole('dialog');
      await dialog.getByLabel('Thay đổi').selectOption({ label: what });
      await dialog.locator('fieldset').first().locator('select').first().selectOption({ label: 'Huyện Thuận Châu' });
      await fill(dialog);
      await dialog.getByLabel('Từ ngày').fill('01/07/2022');
      await dialog.getByLabel('Văn bản làm căn cứ').fill('Nghị quyết 12/NQ-HĐND');
      return dialog;
    };
    const commune = (dialog) => dialog.locator('fieldset').first().locator('select').last();
    const save = async (dialog) => {
      await dialog.getByRole('button', { name: 'Lưu' }).click();
      await expect(dialog).toBeHidden();
    };
    const renaming = await add('Đổi tên, đổi loại', async (dialog) => {
      await commune(dialog).selectOption({ label: 'Xã Chiềng Ly' });
      await dialog.getByLabel('Tên đầy đủ').fill('Thị trấn Chiềng Ly');
      await dialog.locator('select').last().selectOption({ label: 'Thị trấn' });
    });
    await look(desk, 'desktop-settings-area-rename');
    await save(renaming);
    await expect(desk.locator('tr[data-area-change="1"]')).toContainText('Đổi thành “Thị trấn Chiềng Ly”');

    const making = await add('Lập xã, phường, thị trấn mới', async (dialog) => {
      await dialog.getByRole('checkbox', { name: 'Xã Bó Mười' }).check();
      await dialog.getByLabel('Mã mới').fill('09001');
      await dialog.getByLabel('Tên đầy đủ').fill('Xã Bó Mười Mới');
    });
    await look(desk, 'desktop-settings-area-make');
    await save(making);
    // A commune in which families live does not end.
    const ending = await add('Chấm dứt xã, phường, thị trấn', async (dialog) => {
      await commune(dialog).selectOption({ label: 'Thị trấn Chiềng Ly' });
    });
    await ending.getByRole('button', { name: 'Lưu' }).click();
    await expect(ending.getByRole('alert')).toContainText('còn hồ sơ hoặc còn tài khoản');
    await commune(ending).selectOption({ label: 'Xã Bó Mười' });
    await save(ending);
    await expect(desk.locator('tr[data-area-change]')).toHaveCount(3);
    await look(desk, 'desktop-settings-areas');

    await watching.getByRole('link', { name: 'Bản đồ', exact: true }).click();
    await watching.getByRole('link', { name: 'Tổng quan' }).click();
    await expect(watching.locator(`tr[data-area="${COMMUNE}"]`)).toContainText('Thị trấn Chiềng Ly');
    await expect(watching.locator('tr[data-area="09001"]')).toContainText('Xã Bó Mười Mới');
    await expect(watching.getByRole('link', { name: 'Xã Bó Mười', exact: true })).toHaveCount(0);

    // The tablet learns of it with its next sync, and says so without a network too.
    await syncNow(page);
    await server.kill();
    await page.reload();
    await expect(page.locator('.app-header')).toContainText('Thị trấn Chiềng Ly');
  } finally {
    await tablet.dispose();
    await office.dispose();
    await other.dispose();
    await server.dispose();
  }
});
