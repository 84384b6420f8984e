// Criteria that an administrator adopts: a preview says what changes, the tablet judges by them offline.
import { expect, test } from '@playwright/test';
import { Device, signedIn, syncNow } from '../../support/browser.mjs';
import { look } from '../../support/look.mjs';
import { Server } from '../../support/server.mjs';
import { fillFamily, openArea, openFamily, saved } from '../../support/tablet.mjs';

const COMMUNE = '03751';
const TITLE = 'Đơn vị an toàn về ANTT';
const FAMILY = 'Quàng Văn Chung';
const LAST = 'Lực lượng bảo vệ được tổ chức và hoạt động tốt';

test.describe.configure({ timeout: 180_000 });

test('criteria that are adopted judge the sheets of tablets, also without a network', async () => {
  const server = await Server.create();
  await server.start();
  const officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  const administrator = server.account('quan-tri', 'administrator', '14');
  const reviewer = server.account('so-noi-vu', 'province-reviewer', '14');
  const tablet = new Device(server.url);
  const office = new Device(server.url, 'desktop');
  const other = new Device(server.url, 'desktop');
  try {
    const page = await tablet.open();
    await signedIn(page, officer);
    await syncNow(page);
    await page.getByRole('link', { name: 'Đơn vị', exact: true }).click();
    for (const name of ['UBND xã', 'Trạm y tế']) {
      await page.getByRole('button', { name: 'Thêm đơn vị' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Tên đơn vị').fill(name);
      await dialog.getByLabel('Loại').selectOption({ label: 'Cơ quan' });
      await dialog.getByRole('button', { name: 'Lưu' }).click();
      await expect(dialog).toBeHidden();
      await page.getByRole('link', { name }).click();
      await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
      await expect(page.locator('.pack-basis__doubt')).toBeVisible();
      const groups = page.locator('fieldset.segmented');
      await expect(groups).toHaveCount(6);
      for (let at = 0; at < 6; at += 1) {
        const answer = groups.nth(at).locator('label').nth(at === 5 ? 1 : 0);
        await answer.click();
        await expect(answer.locator('input')).toBeChecked();
      }
      await expect(page.locator('[data-outcome]')).toHaveAttribute('data-outcome', 'not-earned');
      if (name === 'UBND xã') {
        await page.getByRole('button', { name: 'Gửi duyệt' }).click();
        await expect(page.locator('.entry')).toContainText('Đã gửi');
      }
      await page.getByRole('link', { name: 'Đơn vị', exact: true }).first().click();
    }
    await syncNow(page);

    const desk = await office.open();
    await signedIn(desk, administrator);
    await desk.goto(`${server.url}/thiet-lap`);
    const row = desk.locator('tr[data-pack="don-vi-an-toan"]');
    await expect(row).toContainText('0/5 tiêu chí đã đối chiếu với văn bản');
    await desk.getByRole('button', { name: `Sửa thành phiên bản mới: ${TITLE}` }).click();
    const form = desk.locator('.pack-form');
    await expect(form.getByRole('heading', { name: `${TITLE} · Phiên bản 2` })).toBeVisible();
    await form.getByLabel('Tiêu chí c1', { exact: true }).fill('Đăng ký xây dựng đơn vị an toàn trong quý I');
    await form.getByRole('button', { name: 'Bỏ: Tiêu chí c5' }).click();
    for (const box of await form.getByLabel('Đã đối chiếu với văn bản').all()) await box.check();
    await expect(form.getByRole('button', { name: 'Ban hành' })).toBeDisabled();
    await form.getByRole('button', { name: 'Xem trước' }).click();
    await expect(form.getByRole('alert')).toContainText('văn bản');
    await form.getByLabel('Văn bản làm căn cứ').fill('Quyết định 5/QĐ-CAT');
    await form.getByRole('button', { name: 'Xem trước' }).click();
    // Begun, become earned, not earned, incomplete, kept.
    await expect(form.locator('tbody tr').last().locator('td')).toHaveText(['2', '1', '0', '0', '1']);
    await look(desk, 'desktop-criteria-form');
    // Another text is another preview.
    await form.getByLabel('Căn cứ pháp lý').fill('Thông tư 124/2021/TT-BCA');
    await form.getByLabel('Căn cứ pháp lý').blur();
    await expect(form.getByRole('button', { name: 'Ban hành' })).toBeDisabled();
    await form.getByRole('button', { name: 'Xem trước' }).click();
    await expect(form.getByRole('button', { name: 'Ban hành' })).toBeEnabled();
    await form.getByRole('button', { name: 'Ban hành' }).click();
    await expect(form).toBeHidden();
    await expect(row).toContainText('Phiên bản 2');
    await expect(row).toContainText('Quyết định 5/QĐ-CAT');
    await expect(row).toContainText('4/4 tiêu chí đã đối chiếu với văn bản');
    await look(desk, 'desktop-criteria');

    // A reviewer sees the versions and cannot write one.
    const review = await other.open();
    await signedIn(review, reviewer);
    await review.goto(`${server.url}/thiet-lap`);
    await expect(review.locator('tr[data-pack="don-vi-an-toan"]')).toContainText('Phiên bản 2');
    await expect(review.getByRole('button', { name: `Sửa thành phiên bản mới: ${TITLE}` })).toHaveCount(0);

    await syncNow(page);
    await server.kill();
    await page.getByRole('link', { name: 'Trạm y tế' }).click();
    await expect(page.locator('.entry')).toContainText('Đăng ký xây dựng đơn vị an toàn trong quý I');
    await expect(page.locator('.entry')).not.toContainText(LAST);
    await expect(page.locator('.pack-basis__doubt')).toHaveCount(0);
    await expect(page.locator('[data-outcome]')).toHaveAttribute('data-outcome', 'earned');
    await look(page, 'tablet-criteria-adopted');
    // What was handed in stays judged as it was.
    await page.getByRole('link', { name: 'Đơn vị', exact: true }).first().click();
    await page.getByRole('link', { name: 'UBND xã' }).click();
    await expect(page.locator('.entry')).toContainText(LAST);
    await expect(page.locator('[data-outcome]')).toHaveAttribute('data-outcome', 'not-earned');
  } finally {
    await tablet.dispose();
    await office.dispose();
    await other.dispose();
    await server.dispose();
  }
});

test('points, pass marks and grounds that are adopted judge families, also without a network', async () => {
  const server = await Server.create();
  await server.start();
  const officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  const administrator = server.account('quan-tri', 'administrator', '14');
  server.roster(COMMUNE, [{ area: 'Bản Bó', head: FAMILY, house: '1' }]);
  const tablet = new Device(server.url);
  const office = new Device(server.url, 'desktop');
  try {
    const page = await tablet.open();
    await signedIn(page, officer);
    await openArea(page, 'Bản Bó');
    await openFamily(page, FAMILY);
    await fillFamily(page);
    const panel = page.locator('.result-panel');
    await expect(panel).toContainText('100 điểm · mốc đạt 60');
    await saved(page);
    await syncNow(page);

    const desk = await office.open();
    await signedIn(desk, administrator);
    await desk.goto(`${server.url}/thiet-lap`);
    const row = desk.locator('tr[data-pack="gia-dinh-van-hoa"]');
    await expect(row).toContainText('Tổng 100 điểm; mốc đạt 60 ở miền núi, 85 ở nơi khác');
    await desk.getByRole('button', { name: 'Sửa thành phiên bản mới: Gia đình văn hóa' }).click();
    const form = desk.locator('.pack-form');
    await form.getByLabel('Văn bản làm căn cứ').fill('Quyết định 7/QĐ-UBND');
    // 20 points in the place of 8: 112 in all.
    await form.getByLabel('Điểm tối đa').first().fill('20');
    await form.getByLabel('Mốc điểm: miền núi').fill('113');
    await form.getByRole('button', { name: 'Bỏ: Trường hợp 7' }).click();
    await expect(form.locator('[data-total]')).toContainText('112');
    await form.getByRole('button', { name: 'Xem trước' }).click();
    await expect(form.getByRole('alert')).toContainText('Mốc điểm phải từ 1 đến tổng điểm');
    await form.getByLabel('Mốc điểm: miền núi').fill('110');
    await form.getByRole('button', { name: 'Xem trước' }).click();
    // Begun, become earned, not earned, incomplete, kept: 100 points are too few now.
    await expect(form.locator('tbody tr').last().locator('td')).toHaveText(['1', '0', '1', '0', '0']);
    await look(desk, 'desktop-criteria-points-form');
    await form.getByRole('button', { name: 'Ban hành' }).click();
    await expect(form).toBeHidden();
    await expect(row).toContainText('Tổng 112 điểm; mốc đạt 110 ở miền núi');
    await look(desk, 'desktop-criteria-points');

    await syncNow(page);
    await server.kill();
    await expect(panel).toContainText('100 điểm · mốc đạt 110');
    await expect(page.getByText('Tụ tập đông người gây mất trật tự')).toHaveCount(0);
    const first = page.locator('.field--number input').first();
    await first.fill('18');
    await first.press('Tab');
    await expect(panel).toContainText('110 điểm · mốc đạt 110');
    await expect(page.locator('.result-panel__outcome')).toHaveAttribute('data-outcome', 'earned');
    await look(page, 'tablet-criteria-points');
  } finally {
    await tablet.dispose();
    await office.dispose();
    await server.dispose();
  }
});
