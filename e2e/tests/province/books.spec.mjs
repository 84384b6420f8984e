// What a commune writes in its own books on the tablet is what the province reads, searches and takes along.
import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { Device, signedIn, syncNow } from '../../support/browser.mjs';
import { look } from '../../support/look.mjs';
import { Server } from '../../support/server.mjs';
import { answer } from '../../support/tablet.mjs';

const COMMUNE = '03751';

test.describe.configure({ timeout: 240_000 });

let server;
let office;
let tablet;

test.beforeEach(async () => {
  server = await Server.create();
  await server.start();
  office = new Device(server.url, 'desktop');
  tablet = new Device(server.url);
});

test.afterEach(async () => {
  await office.dispose();
  await tablet.dispose();
  await server.dispose();
});

async function openBook(page, title) {
  await page.getByRole('link', { name: 'Xã', exact: true }).first().click();
  await page.getByRole('link', { name: title }).click();
}

test('movements, models and the checklist are counted, searched and exported, and arrive live', async () => {
  const officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  const province = server.account('so-noi-vu', 'province-reviewer', '14');
  const page = await tablet.open();
  await signedIn(page, officer);
  await syncNow(page);
  const dialog = page.getByRole('dialog');
  const save = async () => {
    await dialog.getByRole('button', { name: 'Lưu', exact: true }).click();
    await expect(dialog).toBeHidden();
  };
  await openBook(page, 'Điển hình tiên tiến, mô hình mới');
  await page.getByRole('button', { name: 'Thêm điển hình' }).click();
  await dialog.getByLabel('Tên tập thể, cá nhân hoặc mô hình').fill('Tổ trồng mận hậu Bản Bó');
  await dialog.getByLabel('Câu chuyện').fill('Mười hộ góp đất, chung giống.');
  await save();
  await openBook(page, 'Hội đồng và văn bản');
  await page.locator('.book__line', { hasText: 'Kế hoạch cụ thể hóa Chỉ thị' }).getByRole('button').click();
  await answer(page, 'Đã xong *', 'Có');
  await dialog.getByLabel('Số, ký hiệu văn bản').fill('15/KH-UBND');
  await save();
  await syncNow(page);

  const desk = await office.open();
  await signedIn(desk, province);
  await desk.getByRole('link', { name: 'Sổ của xã' }).click();
  await expect(desk.getByRole('heading', { level: 1, name: 'Sổ của xã' })).toBeVisible();
  const movement = desk.locator('[data-counts] tbody tr').first();
  await expect(movement).toContainText('204');
  await look(desk, 'desktop-province-books-movements');

  await desk.getByRole('combobox').first().selectOption({ label: 'Hội đồng và văn bản' });
  const plan = desk.locator('tr[data-line="ke-hoach"]');
  await expect(plan.getByRole('cell').nth(0)).toHaveText('1');
  await expect(plan.getByRole('cell').nth(2)).toHaveText('203');
  const lines = desk.locator('[data-lines] tbody tr');
  await expect(lines).toHaveCount(1);
  await expect(lines.first()).toContainText('15/KH-UBND');

  // Another line arrives while the page is open.
  await page.locator('.book__line', { hasText: 'Quy chế hoạt động của Hội đồng' }).getByRole('button').click();
  await answer(page, 'Đã xong *', 'Không');
  await save();
  await syncNow(page);
  await expect(lines).toHaveCount(2);
  await look(desk, 'desktop-province-books-council');
  await plan.getByRole('link').click();
  await expect(lines).toHaveCount(1);
  await expect(desk).toHaveURL(/line=ke-hoach/);
  // Who has sent no plan is listed, and can be urged.
  const silent = desk.locator('[data-silent="203"]');
  await silent.getByText('203 xã, phường, thị trấn chưa ghi mục này').click();
  await expect(silent.getByRole('link', { name: 'Xã Chiềng Ly' })).toHaveCount(0);
  await expect(silent.getByRole('link')).toHaveCount(204);
  await look(desk, 'desktop-province-books-silent');
  await silent.getByText('203 xã, phường, thị trấn chưa ghi mục này').click();

  await desk.getByRole('combobox').first().selectOption({ label: 'Điển hình tiên tiến, mô hình mới' });
  await expect(lines).toHaveCount(1);
  await desk.getByLabel('Tìm trong sổ').fill('man hau');
  await desk.getByLabel('Tìm trong sổ').press('Enter');
  await expect(desk).toHaveURL(/q=man%20hau/);
  await expect(lines).toHaveCount(1);
  await look(desk, 'desktop-province-books-models');
  const [file] = await Promise.all([
    desk.waitForEvent('download'),
    desk.getByRole('link', { name: 'Tải CSV' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('dien-hinh-14.csv');
  expect(readFileSync(await file.path(), 'utf8')).toContain('Tổ trồng mận hậu Bản Bó');
  await desk.getByLabel('Tìm trong sổ').fill('không có gì');
  await desk.getByRole('button', { name: 'Tìm', exact: true }).click();
  await expect(desk.locator('.empty')).toContainText('Chưa có điển hình nào');
  await desk.getByLabel('Tìm trong sổ').fill('');
  await desk.getByRole('button', { name: 'Tìm', exact: true }).click();
  await desk.getByLabel('Huyện, thành phố').selectOption({ label: 'Huyện Vân Hồ' });
  await expect(desk.locator('.empty')).toContainText('Chưa có điển hình nào');
  await expect(desk.locator('[data-books-lead]')).toContainText('Huyện Vân Hồ: 0/');
});
