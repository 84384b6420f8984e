// §7: a commune sets its own targets on its tablet without a network, the district sets its own at a desk, and the
// province sees what they come to, unrounded.
import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { Device, signedIn, syncNow } from '../../support/browser.mjs';
import { look } from '../../support/look.mjs';
import { arrived, register } from '../../support/roster.mjs';
import { Server } from '../../support/server.mjs';

const COMMUNE = '03751';
const DISTRICT = '119';

test.describe.configure({ timeout: 180_000 });

const line = (page, id) => page.locator(`.book__line[data-indicator="${id}"]`);
const save = async (dialog) => {
  await dialog.getByRole('button', { name: 'Lưu' }).click();
};

test('a commune sets targets offline, the district its own, and the sums are held against what is asked', async () => {
  const server = await Server.create();
  await server.start();
  const officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  const reviewer = server.account('huyen', 'district-reviewer', DISTRICT);
  const province = server.account('so-noi-vu', 'province-reviewer', '14');
  server.roster(COMMUNE, register(5));
  const tablet = new Device(server.url);
  const office = new Device(server.url, 'desktop');
  const capital = new Device(server.url, 'desktop');
  try {
    const page = await tablet.open();
    await signedIn(page, officer);
    await arrived(page, 5);
    await tablet.context.setOffline(true);
    await page.getByRole('link', { name: 'Xã', exact: true }).click();
    await expect(page.locator('[data-book="chi-tieu"]')).toHaveText('đã đặt 0/5');
    await page.getByRole('link', { name: /^Chỉ tiêu của xã/ }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Chỉ tiêu của xã' })).toBeVisible();

    // Strict Vietnamese numbers: a dot is no comma, and nothing beyond everybody.
    const families = line(page, 'gia-dinh-van-hoa');
    await families.getByRole('button', { name: 'Đặt chỉ tiêu: Gia đình văn hóa' }).click();
    const dialog = page.getByRole('dialog');
    for (const [typed, said] of [
      ['70.46', '70,46'],
      ['100,5', 'ngoài mức'],
    ]) {
      await dialog.getByLabel('Chỉ tiêu (%)').fill(typed);
      await save(dialog);
      await expect(dialog.locator('.save-note')).toContainText(said);
    }
    await dialog.getByLabel('Chỉ tiêu (%)').fill('70,46');
    await dialog.getByLabel('Số kế hoạch, quyết định (nếu có)').fill('Kế hoạch 09/KH-UBND');
    await save(dialog);
    await expect(dialog).toBeHidden();
    await expect(families.locator('[data-fact="own"]')).toHaveText('≥ 70,46%');
    await expect(families.locator('[data-fact="province"]')).toHaveText('≥ 70,5%');
    const rural = line(page, 'nong-thon-moi');
    // One commune cannot be sixty.
    await expect(rural.locator('[data-fact="province"]')).toHaveText('toàn tỉnh ≥ 60 xã');
    await rural.getByRole('button', { name: 'Đặt chỉ tiêu: Xã đạt chuẩn nông thôn mới' }).click();
    await dialog.getByRole('radio', { name: 'Có', exact: true }).check();
    await save(dialog);
    await expect(dialog).toBeHidden();
    await expect(rural.locator('[data-fact="own"]')).toHaveText('đạt chuẩn năm nay');
    await look(page, 'tablet-own-targets');
    await page.getByRole('link', { name: 'Tổng quan' }).first().click();
    const card = page.locator('[data-assessment="gia-dinh-van-hoa"]');
    await expect(card.locator('[data-own-target]')).toHaveText('xã đặt ≥ 70,46%');
    await look(page, 'tablet-home-own-target');
    await tablet.context.setOffline(false);
    await syncNow(page);

    // The district: nothing but this commune has a register, so nothing is concluded of the others.
    const desk = await office.open();
    await signedIn(desk, reviewer);
    await desk.getByRole('link', { name: 'Chỉ tiêu', exact: true }).click();
    const row = (id) => desk.locator(`tr[data-indicator="${id}"]`);
    await expect(row('nong-thon-moi').locator('[data-cell="province"]')).toHaveText('toàn tỉnh ≥ 60 xã');
    await expect(row('gia-dinh-van-hoa').locator('[data-cell="communes"]')).toContainText('70,46%');
    await expect(row('gia-dinh-van-hoa').locator('[data-cell="communes"]')).toContainText('Chưa kết luận được');
    await row('gia-dinh-van-hoa').getByRole('button', { name: /^Đặt chỉ tiêu riêng: Gia đình văn hóa/ }).click();
    const form = desk.getByRole('dialog');
    await form.getByLabel('Chỉ tiêu (%)').fill('100,01');
    await save(form);
    await expect(form.getByRole('alert')).toContainText('ngoài mức');
    await form.getByLabel('Chỉ tiêu (%)').fill('71,25');
    await form.getByLabel('Số kế hoạch, quyết định (nếu có)').fill('Kế hoạch 15/KH-UBND');
    await look(desk, 'desktop-own-target-form');
    await save(form);
    await expect(form).toBeHidden();
    await expect(row('gia-dinh-van-hoa').locator('[data-cell="own"]')).toContainText('≥ 71,25%');
    const commune = desk.locator(`tr[data-area="${COMMUNE}"]`);
    await expect(commune.locator('[data-cell="own"]')).toHaveText('đạt chuẩn năm nay');
    await look(desk, 'desktop-own-targets-district');
    // What was on the screen is what is replaced: somebody else's newer one is not.
    const other = await office.context.newPage();
    await other.goto(`${server.url}/chi-tieu/${DISTRICT}`);
    const open = (where) =>
      where
        .locator('tr[data-indicator="gia-dinh-van-hoa"]')
        .getByRole('button', { name: /^Sửa chỉ tiêu riêng/ })
        .click();
    await open(other);
    await expect(other.getByRole('dialog')).toBeVisible();
    await open(desk);
    await form.getByLabel('Chỉ tiêu (%)').fill('71,5');
    await save(form);
    await expect(form).toBeHidden();
    await other.getByRole('dialog').getByLabel('Chỉ tiêu (%)').fill('69');
    await save(other.getByRole('dialog'));
    await expect(other.getByRole('alert')).toBeVisible();
    await other.close();
    await desk.goto(`${server.url}/dia-ban/${DISTRICT}`);
    const asked = desk.locator('tr[data-indicator="gia-dinh-van-hoa"] [data-cell="target"]');
    await expect(asked).toContainText('≥ 70,5%');
    await expect(asked).toContainText('tự đặt ≥ 71,5%');

    const hall = await capital.open();
    await signedIn(hall, province);
    await hall.getByRole('link', { name: 'Chỉ tiêu', exact: true }).click();
    const all = hall.locator('tr[data-indicator="gia-dinh-van-hoa"]');
    await expect(hall.locator('tr[data-indicator="nong-thon-moi"] [data-cell="province"]')).toHaveText('≥ 60 xã');
    await expect(all.locator('[data-cell="districts"]')).toContainText('1/12 đã đặt');
    await expect(all.locator('[data-cell="communes"]')).toContainText('1/204 đã đặt');
    await all.getByRole('link').click();
    await expect(hall.locator(`tr[data-area="${DISTRICT}"] [data-cell="own"]`)).toContainText('≥ 71,5%');
    await look(hall, 'desktop-own-targets-province');
    const download = hall.waitForEvent('download');
    await hall.getByRole('link', { name: 'Tải bảng (CSV)' }).click();
    const file = await readFile(await (await download).path(), 'utf8');
    expect(file.startsWith('\uFEFF')).toBe(true);
    expect(file).toContain('"71,5",Kế hoạch 15/KH-UBND');
    await hall.locator(`tr[data-area="${DISTRICT}"] a`).click();
    await expect(hall.locator(`tr[data-area="${COMMUNE}"] [data-cell="own"]`)).toContainText('Kế hoạch 09/KH-UBND');
  } finally {
    await tablet.dispose();
    await office.dispose();
    await capital.dispose();
    await server.dispose();
  }
});
