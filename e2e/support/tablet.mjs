// What a commune officer does on the tablet.
import { expect } from '@playwright/test';

export async function addArea(page, name) {
  await page.getByRole('button', { name: 'Thêm khu dân cư' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Tên khu dân cư').fill(name);
  await dialog.getByRole('button', { name: 'Lưu' }).click();
  await expect(dialog).toBeHidden();
}

export async function openArea(page, name) {
  await page.getByRole('link', { name: 'Tổng quan' }).first().click();
  await page.locator('.area-list__link', { hasText: name }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

export async function addFamily(page, head, house) {
  await page.getByRole('button', { name: 'Thêm hộ' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Họ tên chủ hộ').fill(head);
  await dialog.getByLabel('Số nhà hoặc số sổ').fill(house);
  await dialog.getByRole('button', { name: 'Lưu' }).click();
  await expect(dialog).toBeHidden();
}

// Only the rows near the window are in the document: the search brings the family there.
export async function openFamily(page, head) {
  await page.getByRole('searchbox', { name: 'Tìm hộ' }).fill(head);
  await page.locator('.grid__name', { hasText: head }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: head })).toBeVisible();
}

export async function answer(page, question, word) {
  await page.getByRole('group', { name: question }).getByRole('radio', { name: word, exact: true }).check();
}

// A family that earns the title, filled in as the form asks.
export async function fillFamily(page, { attended = '28', agreed = '27' } = {}) {
  await answer(page, 'Hộ đăng ký danh hiệu Gia đình văn hóa', 'Có');
  await answer(page, 'Kết quả rà soát hộ nghèo năm nay', 'Không nghèo');
  await page.getByRole('button', { name: 'Cho tất cả điểm tối đa' }).click();
  await page.getByLabel('Số hộ được mời').fill('30');
  await page.getByLabel('Số hộ dự họp').fill(attended);
  await page.getByLabel('Số hộ đồng ý').fill(agreed);
  await answer(page, 'Đề nghị công nhận Gia đình văn hóa', 'Có');
  await expect(page.locator('.result-panel__outcome')).toHaveAttribute('data-outcome', 'earned');
}

export async function submit(page) {
  await page.getByRole('button', { name: 'Gửi duyệt' }).click();
  await expect(page.locator('.result-panel .badge', { hasText: 'Đã gửi duyệt' })).toBeVisible();
}

export async function saved(page) {
  await expect(page.locator('.result-panel .save-note')).toHaveText('Đã lưu');
}

export async function backToArea(page) {
  await page.locator('.breadcrumb a').last().click();
  await expect(page.getByRole('grid')).toBeVisible();
}

// How many families the grid lists; only those near the window are in the document.
export async function familiesListed(page, count) {
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', String(count + 1));
}
