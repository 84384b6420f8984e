// Figures of the province, the map, and a reminder that reaches the tablet and comes back read.
import { expect, test } from '@playwright/test';
import { Device, signedIn, syncNow } from '../../support/browser.mjs';
import { Server } from '../../support/server.mjs';

const COMMUNE = '03751';

test.describe.configure({ timeout: 120_000 });

let server;
let office;

test.beforeEach(async () => {
  server = await Server.create();
  await server.start();
  office = new Device(server.url, 'desktop');
});

test.afterEach(async () => {
  await office.dispose();
  await server.dispose();
});

test('a figure is entered with day and source, judged, corrected, and its history is kept', async () => {
  const province = server.account('so-noi-vu', 'province-reviewer', '14');
  const desk = await office.open();
  await signedIn(desk, province);
  await desk.getByRole('link', { name: 'Số liệu cấp tỉnh' }).click();
  const row = desk.locator('tr[data-indicator="grdp"]');
  await expect(row).toContainText('Chưa báo cáo');

  await row.getByRole('button').click();
  const dialog = desk.getByRole('dialog');
  const value = dialog.getByLabel('Số liệu (%)');
  await value.fill('6.5');
  await dialog.getByRole('button', { name: 'Lưu' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Có phải 6,5 không?');
  await value.fill('6,5');
  await dialog.getByRole('button', { name: 'Lưu' }).click();
  await expect(dialog.getByRole('alert')).toContainText('ngày chốt và nguồn');
  await dialog.getByLabel('Ngày chốt số liệu').fill('30/09/2022');
  await dialog.getByRole('button', { name: 'Lưu' }).click();
  await expect(dialog).toBeHidden();
  await expect(row.locator('[data-cell="value"]')).toContainText('6,5%');
  await expect(row).toContainText('Chưa đạt');

  await row.getByRole('button').click();
  await value.fill('7,45');
  await dialog.getByLabel('Ngày chốt số liệu').fill('31/12/2022');
  await dialog.getByRole('button', { name: 'Lưu' }).click();
  await expect(row).toContainText('Đạt chỉ tiêu');
  await row.getByText('Lịch sử (2 lần ghi)').click();
  await expect(row.locator('.timeline__item').first()).toContainText('Số liệu: 6,5 → 7,45');
  await expect(row.locator('.timeline__item').first()).toContainText(province.name);

  await desk.getByRole('link', { name: 'Tổng quan' }).click();
  const overview = desk.locator('tr[data-indicator="grdp"]');
  await expect(overview.locator('[data-cell="value"]')).toHaveText('7,45%');
  await expect(overview).toContainText('Đạt chỉ tiêu');
  await expect(desk.locator('tr[data-indicator="nong-thon-moi"] [data-cell="reported"]')).toHaveText('0/188');
});

test('the map leads from district to commune by keyboard and says what the table says', async () => {
  const viewer = server.account('nguoi-xem', 'viewer', '14');
  const desk = await office.open();
  await signedIn(desk, viewer);
  await desk.getByRole('link', { name: 'Bản đồ', exact: true }).click();
  const map = desk.getByRole('group', { name: 'Bản đồ: Gia đình văn hóa' });
  await expect(map.getByRole('link')).toHaveCount(12);
  await desk.getByLabel('Chỉ tiêu').selectOption({ label: 'Hộ nghèo' });
  await expect(desk).toHaveURL(/chi-tieu=ho-ngheo/);
  await desk.getByRole('link', { name: /^Huyện Thuận Châu: chưa báo cáo/ }).focus();
  await desk.keyboard.press('Enter');
  await expect(desk.getByRole('heading', { level: 1, name: 'Bản đồ Huyện Thuận Châu' })).toBeVisible();
  await expect(desk).toHaveURL(/ban-do\/119\?chi-tieu=ho-ngheo/);
  const tiles = desk.getByRole('group', { name: 'Bản đồ: Hộ nghèo' }).getByRole('link');
  await expect(tiles).not.toHaveCount(0);
  await expect(desk.locator('.table--map tbody tr')).toHaveCount(await tiles.count());
  await desk.locator(`[data-area="${COMMUNE}"] a.tile`).click();
  await expect(desk).toHaveURL(new RegExp(`/dia-ban/${COMMUNE}$`));
  await desk.getByRole('link', { name: 'Các cuộc kiểm tra' }).click();
  await expect(desk).toHaveURL(new RegExp(`/kiem-tra\\?area=${COMMUNE}$`));
  await expect(desk.getByRole('heading', { level: 1, name: 'Kiểm tra' })).toBeVisible();
});

test('a reminder reaches the tablet, stays until it is read, and the reviewer sees when it was', async () => {
  const officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  const reviewer = server.account('phong-noi-vu', 'district-reviewer', '119');
  server.roster(COMMUNE, [{ area: 'Bản Bó', head: 'Lò Văn An', house: '1' }]);
  const tablet = new Device(server.url);
  try {
    const page = await tablet.open();
    await signedIn(page, officer);
    await syncNow(page);
    await expect(page.locator('.area-list__link').first()).toBeVisible();

    const desk = await office.open();
    await signedIn(desk, reviewer);
    await desk.getByRole('link', { name: 'Đôn đốc' }).click();
    const row = desk.locator(`tr[data-area="${COMMUNE}"]`);
    await expect(row).toContainText('Chưa bắt đầu');
    await desk.getByLabel('Tình trạng').selectOption({ label: 'Chưa bắt đầu' });
    await expect(desk.locator('tbody tr')).toHaveCount(1);
    await row.getByRole('checkbox').check();
    await desk.getByRole('button', { name: 'Gửi nhắc việc tới 1 địa bàn' }).click();
    const dialog = desk.getByRole('dialog');
    await dialog.getByLabel('Lời nhắc').fill('Đề nghị xã nộp trước ngày họp giao ban.');
    await dialog.getByLabel('Hạn').fill('15/12/2022');
    await dialog.getByRole('button', { name: 'Gửi', exact: true }).click();
    await expect(desk.locator('.banner')).toContainText('Đã gửi nhắc việc tới 1 địa bàn');
    await expect(row.locator('[data-cell="reminder"]')).toContainText('chưa đọc');

    await syncNow(page);
    const notice = page.getByRole('region', { name: 'Nhắc việc' });
    await expect(notice).toContainText('Đề nghị xã nộp trước ngày họp giao ban.');
    await expect(notice).toContainText('Hạn: 15/12/2022');
    await page.reload();
    await expect(notice).toBeVisible();
    await page.screenshot({ path: 'test-results/reminder-on-tablet.png' });
    await notice.getByRole('button', { name: 'Đã đọc' }).click();
    await expect(notice).toBeHidden();
    await syncNow(page);
    await expect(row.locator('[data-cell="reminder"]')).toContainText(`đã đọc`);
    await expect(row.locator('[data-cell="reminder"]')).toContainText(officer.name);
  } finally {
    await tablet.dispose();
  }
});
