// The commune's own books, written without a server: own targets, movements, models, activities, reports.
import { expect, test } from '@playwright/test';
import { Device, offlineReady, signedIn, syncNow, waiting } from '../../support/browser.mjs';
import { look } from '../../support/look.mjs';
import { Server } from '../../support/server.mjs';
import { answer } from '../../support/tablet.mjs';

const COMMUNE = '03751';

test.describe.configure({ timeout: 180_000 });

async function openBook(page, title) {
  await page.getByRole('link', { name: 'Xã', exact: true }).first().click();
  await page.getByRole('link', { name: title }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
}

async function save(page) {
  await page.getByRole('dialog').getByRole('button', { name: 'Lưu' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
}

test('a year of the commune itself, entered offline, is on another tablet afterwards', async () => {
  const server = await Server.create();
  await server.start();
  const officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  const first = new Device(server.url);
  const second = new Device(server.url);
  try {
    const page = await first.open();
    await signedIn(page, officer);
    await offlineReady(page);
    await syncNow(page);
    await server.kill();
    const dialog = page.getByRole('dialog');

    await openBook(page, 'Chỉ tiêu riêng của xã');
    await page.getByRole('button', { name: 'Thêm chỉ tiêu' }).click();
    await dialog.getByRole('button', { name: 'Lưu' }).click();
    await expect(dialog).toContainText('Hãy nhập những mục có dấu *.');
    await dialog.getByLabel('Chỉ tiêu *').fill('Cứng hóa đường nội bản');
    await dialog.getByLabel('Phấn đấu').fill('12 km');
    await dialog.getByLabel('Hoàn thành trước ngày').fill('2022-10-31');
    await answer(page, 'Đã đạt', 'Không');
    await look(page, 'tablet-book-dialog');
    await save(page);
    await expect(page.locator('.book__line')).toContainText('31/10/2022');

    await openBook(page, 'Phong trào thi đua');
    await expect(page.locator('.book__line')).toHaveCount(15);
    const movement = page.locator('.book__line', { hasText: 'cải cách hành chính' });
    await movement.getByRole('button', { name: 'Ghi' }).or(movement.getByRole('button', { name: /Sửa/ })).click();
    await answer(page, 'Xã có tham gia *', 'Có');
    await dialog.getByLabel('Số người, hộ hoặc đơn vị tham gia').fill('1.250');
    await dialog.getByLabel('Kết quả').fill('Bộ phận một cửa trả đúng hạn 98% hồ sơ.');
    await save(page);
    await expect(movement).toContainText('1.250');
    await look(page, 'tablet-movements');

    await openBook(page, 'Điển hình tiên tiến, mô hình mới');
    await page.getByRole('button', { name: 'Thêm điển hình' }).click();
    await dialog.getByLabel('Tên tập thể, cá nhân hoặc mô hình').fill('Tổ trồng mận hậu Bản Bó');
    await dialog.getByLabel('Loại').selectOption({ label: 'Mô hình, cách làm mới' });
    // Typed and not saved: it is there after the page has gone, even if it goes in the same moment.
    await dialog.getByLabel('Câu chuyện').fill('Mười hộ góp đất, chung giống.');
    await page.reload();
    await page.getByRole('link', { name: 'Tổng quan' }).first().click();
    await expect(page.locator('.todo__link', { hasText: 'Câu chuyện' })).toBeVisible();
    await openBook(page, 'Điển hình tiên tiến, mô hình mới');
    await page.getByRole('button', { name: 'Thêm điển hình' }).click();
    await expect(dialog.getByLabel('Câu chuyện')).toHaveValue('Mười hộ góp đất, chung giống.');
    await dialog.getByLabel('Loại').selectOption({ label: 'Mô hình, cách làm mới' });
    await save(page);
    await expect(page.getByRole('heading', { name: 'Tổ trồng mận hậu Bản Bó' })).toBeVisible();

    await openBook(page, 'Báo cáo bằng lời theo kỳ');
    await page.locator('.book__line', { hasText: '6 tháng đầu năm' }).getByRole('button').click();
    await dialog.getByLabel('Việc đã làm và kết quả').fill('Đã phát động ở 9 bản.');
    await save(page);

    await openBook(page, 'Hoạt động');
    for (const name of ['Lễ phát động', 'Ghi nhầm']) {
      await page.getByRole('button', { name: 'Thêm hoạt động' }).click();
      await dialog.getByLabel('Hoạt động *').fill(name);
      await save(page);
    }
    await page.getByRole('button', { name: 'Sửa Ghi nhầm' }).click();
    await dialog.getByRole('button', { name: 'Bỏ khỏi sổ' }).click();
    await expect(page.locator('.book__line')).toHaveCount(1);

    await page.getByRole('link', { name: 'Xã', exact: true }).first().click();
    await expect(page.locator('[data-book="phong-trao"]')).toHaveText('đã ghi 1/15');
    await expect(page.locator('[data-book="bao-cao"]')).toHaveText('đã ghi 1/4');
    await expect(page.locator('[data-met]')).toContainText('chưa ghi.');
    await answer(page, 'Quy hoạch', 'Đạt');
    await expect(page.locator('[data-met]')).toContainText('Đạt 1 trong 19 tiêu chí');
    await look(page, 'tablet-commune');
    await page.getByRole('link', { name: 'Đồng bộ', exact: true }).click();
    await expect(page.locator('.waiting__row', { hasText: 'Câu chuyện' })).toContainText('Điển hình tiên tiến');

    await server.start();
    await syncNow(page);
    expect(await waiting(page)).toBe('0');
    await expect(page.getByText('Chưa được nhận')).toHaveCount(0);
    const other = await second.open();
    await signedIn(other, officer);
    await syncNow(other);
    await openBook(other, 'Điển hình tiên tiến, mô hình mới');
    await expect(other.locator('.book__line')).toContainText('Mười hộ góp đất, chung giống.');
    await openBook(other, 'Hoạt động');
    await expect(other.locator('.book__line')).toHaveCount(1);
  } finally {
    await first.dispose();
    await second.dispose();
    await server.dispose();
  }
});
