// §8: an inspection is announced, reaches the tablet, is recorded with what was found, answered without a network,
// and closed by who has read the answer.
import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { Device, signedIn, syncNow } from '../../support/browser.mjs';
import { look } from '../../support/look.mjs';
import { arrived, register } from '../../support/roster.mjs';
import { Server } from '../../support/server.mjs';

const COMMUNE = '03751';
const DISTRICT = '119';
const AREA = { name: 'Bản Bó', typed: 'ban bo' };

test.describe.configure({ timeout: 180_000 });

// The wall clock of both sides: the season is 2022.
const at = (page, day) => page.clock.setFixedTime(new Date(`${day}T08:00:00+07:00`));

test('an inspection is announced, done, answered offline and closed', async () => {
  const server = await Server.create();
  await server.start();
  const officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  const reviewer = server.account('huyen', 'district-reviewer', DISTRICT);
  server.roster(COMMUNE, register(3));
  const tablet = new Device(server.url);
  const office = new Device(server.url, 'desktop');
  try {
    const page = await tablet.open();
    await at(page, '2022-06-01');
    await signedIn(page, officer);
    await arrived(page, 3);

    const desk = await office.open();
    await at(desk, '2022-06-01');
    await signedIn(desk, reviewer);
    await desk.getByRole('link', { name: 'Kiểm tra', exact: true }).first().click();
    await expect(desk.getByText('Không có cuộc kiểm tra nào')).toBeVisible();
    await desk.getByRole('button', { name: 'Báo trước cuộc kiểm tra' }).click();
    const dialog = desk.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Báo trước', exact: true }).click();
    await expect(dialog.getByRole('alert')).toContainText('ít nhất một xã');
    await dialog.getByRole('checkbox', { name: 'Chiềng Ly' }).check();
    await dialog.getByLabel('Từ ngày').fill('13/06/2022');
    await dialog.getByRole('checkbox', { name: 'Bình xét danh hiệu' }).check();
    await dialog.getByLabel('Đoàn kiểm tra').fill('Phòng Nội vụ huyện');
    // What is inspected is found in the commune's register, without tone marks; by keyboard too.
    const where = dialog.getByLabel('Đơn vị hoặc khu dân cư');
    await where.pressSequentially(AREA.typed);
    const offers = dialog.getByRole('list', { name: 'Trong sổ của xã' }).getByRole('button');
    await expect(offers.first()).toContainText(AREA.name);
    await look(desk, 'desktop-inspection-offers');
    await where.focus();
    await desk.keyboard.press('Tab');
    await desk.keyboard.press('Enter');
    await expect(where).toHaveValue(AREA.name);
    await expect(where).toBeFocused();
    await expect(dialog.locator('.inspected__said')).toContainText('Đã chọn trong sổ của xã');
    await look(desk, 'desktop-inspection-announce');
    await dialog.getByRole('button', { name: 'Báo trước', exact: true }).click();
    await expect(dialog).toBeHidden();
    const row = desk.locator(`tr[data-area="${COMMUNE}"]`);
    await expect(row).toContainText('Đã báo trước');
    await expect(desk.locator('[data-inspections-lead]')).toContainText('1 cuộc đã báo trước, 0 đã kiểm tra');

    // The name leads to its page, which lists the inspection.
    await row.getByRole('link', { name: AREA.name }).click();
    await expect(desk.getByRole('heading', { level: 1, name: AREA.name })).toBeVisible();
    await expect(desk.locator('.inspection__list')).toContainText('13/06/2022');
    await look(desk, 'desktop-entry-inspected');
    await desk.getByRole('link', { name: 'Mọi cuộc kiểm tra của xã' }).click();
    await expect(row).toContainText('Đã báo trước');

    await syncNow(page);
    const due = (text) => page.locator('.dues__item', { hasText: text });
    await expect(due('Kiểm tra tại xã')).toContainText('hạn 13/06/2022 · còn 12 ngày');

    // Its day has passed and nothing was recorded.
    await at(desk, '2022-06-15');
    await desk.reload();
    await expect(row).toHaveAttribute('data-state', 'overdue');
    await row.getByRole('button', { name: /^Ghi kết quả kiểm tra/ }).click();
    await dialog.getByLabel('Kết quả').selectOption('shortcomings');
    await dialog.getByLabel('Nhận xét của đoàn').fill('Biên bản họp thiếu chữ ký.');
    await dialog.getByRole('button', { name: 'Lưu' }).click();
    await expect(dialog.getByRole('alert')).toContainText('Còn ô chưa điền');
    await dialog.getByLabel('Ngày kiểm tra xong').fill('13/06/2022');
    await dialog.getByRole('button', { name: 'Thêm việc khắc phục' }).click();
    await dialog.getByLabel('Yêu cầu khắc phục').fill('Bổ sung chữ ký vào biên bản');
    await dialog.getByLabel('Hạn khắc phục').fill('30/06/2022');
    await look(desk, 'desktop-inspection-record');
    await dialog.getByRole('button', { name: 'Lưu' }).click();
    await expect(dialog).toBeHidden();
    await expect(row).toHaveAttribute('data-state', 'follow-up-open');

    await syncNow(page);
    await tablet.context.setOffline(true);
    await due('Khắc phục sau kiểm tra').getByRole('link').click();
    await expect(page.getByText('Biên bản họp thiếu chữ ký.')).toBeVisible();
    await expect(page.locator('.book__line')).toContainText(AREA.name);
    await page.getByRole('button', { name: 'Xã trả lời việc 1' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Xã trả lời việc 1').fill('Đã khắc phục: ký đủ ngày 20/6.');
    await form.getByRole('button', { name: 'Lưu' }).click();
    await expect(form).toBeHidden();
    await expect(page.locator('[data-answer="1"]')).toHaveText('Xã trả lời: Đã khắc phục: ký đủ ngày 20/6.');
    await look(page, 'tablet-inspections');
    await tablet.context.setOffline(false);
    await syncNow(page);

    await expect(row.locator('[data-cell="follow-ups"]')).toContainText('xã đã trả lời 1 việc');
    await at(desk, '2022-07-01');
    await desk.reload();
    await expect(row).toHaveAttribute('data-state', 'follow-up-late');
    await look(desk, 'desktop-inspections');
    await row.getByRole('button', { name: /^Ghi kết quả kiểm tra/ }).click();
    await expect(dialog).toContainText('Xã trả lời: Đã khắc phục: ký đủ ngày 20/6.');
    await dialog.getByLabel('Ngày xác nhận đã khắc phục').fill('01/07/2022');
    await dialog.getByRole('button', { name: 'Lưu' }).click();
    await expect(dialog).toBeHidden();
    await expect(row).toHaveAttribute('data-state', 'closed');
    const download = desk.waitForEvent('download');
    await desk.getByRole('link', { name: 'Tải bảng (CSV)' }).click();
    const file = await readFile(await (await download).path(), 'utf8');
    expect(file).toContain('Đã khắc phục: ký đủ ngày 20/6.,01/07/2022');

    await syncNow(page);
    await expect(page.locator('.book__line')).toContainText('đã xác nhận ngày 01/07/2022');
    await expect(page.getByRole('button', { name: 'Xã trả lời việc 1' })).toBeHidden();
  } finally {
    await tablet.dispose();
    await office.dispose();
    await server.dispose();
  }
});
