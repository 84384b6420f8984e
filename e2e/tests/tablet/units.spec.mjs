// Units: which of them the circular leaves out of the denominator, said where it matters.
import { expect, test } from '@playwright/test';
import { Device, offlineReady, signedIn, syncNow } from '../../support/browser.mjs';
import { look } from '../../support/look.mjs';
import { Server, tallyOf } from '../../support/server.mjs';

const COMMUNE = '03751';

test.describe.configure({ timeout: 120_000 });

// Name, kind, its size or level, an armed-forces body, what the form says.
const UNITS = [
  ['UBND xã', 'Cơ quan', null, false, 'Được tính vào mẫu số.'],
  ['Ban CHQS xã', 'Cơ quan', null, true, 'lực lượng vũ trang'],
  ['HTX Chè', 'Doanh nghiệp, hợp tác xã', ['Quy mô', 'Nhỏ'], false, 'doanh nghiệp nhỏ hoặc siêu nhỏ'],
  ['Công ty Đường', 'Doanh nghiệp, hợp tác xã', ['Quy mô', 'Lớn'], false, 'Được tính vào mẫu số.'],
  ['Trường Tiểu học', 'Trường học', ['Cấp học', 'Tiểu học'], false, 'trường tiểu học, mầm non, nhà trẻ'],
  ['Trường THCS', 'Trường học', ['Cấp học', 'Trung học cơ sở'], false, 'Được tính vào mẫu số.'],
  ['Trường mới', 'Trường học', null, false, 'Chưa rõ quy mô hoặc cấp học'],
];

test('the denominator leaves out what Circular 124 leaves out, and says so', async () => {
  const server = await Server.create();
  await server.start();
  const officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  const reviewer = server.account('so-noi-vu', 'province-reviewer', '14');
  const tablet = new Device(server.url);
  const office = new Device(server.url, 'desktop');
  try {
    const page = await tablet.open();
    await signedIn(page, officer);
    await offlineReady(page);
    await syncNow(page);
    await server.kill();
    await page.getByRole('link', { name: 'Đơn vị', exact: true }).click();
    for (const [name, kind, part, armed, said] of UNITS) {
      await page.getByRole('button', { name: 'Thêm đơn vị' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Tên đơn vị').fill(name);
      await dialog.getByLabel('Loại').selectOption({ label: kind });
      if (part) await dialog.getByLabel(part[0]).selectOption({ label: part[1] });
      if (armed) await dialog.getByLabel('Thuộc lực lượng vũ trang').check();
      await expect(dialog.locator('[data-eligibility]')).toContainText(said);
      if (name === 'HTX Chè') await look(page, 'tablet-unit-dialog');
      await dialog.getByRole('button', { name: 'Lưu' }).click();
      await expect(dialog).toBeHidden();
    }
    const counted = page.locator('[data-counted]');
    await expect(counted).toContainText('Tính vào mẫu số 3 trong 7 đơn vị.');
    await expect(counted).toContainText('Không tính 3 đơn vị theo Thông tư 124/2021/TT-BCA: 1 đơn vị lực lượng vũ trang, 1 doanh nghiệp nhỏ, siêu nhỏ, 1 trường tiểu học, mầm non, nhà trẻ.');
    await expect(counted).toContainText('1 đơn vị chưa rõ');
    await expect(page.locator('.roster__row', { hasText: 'Trường THCS' })).not.toContainText('Không tính');
    await look(page, 'tablet-units');
    await page.getByRole('link', { name: 'Trường Tiểu học' }).click();
    await expect(page.locator('.banner', { hasText: 'Không tính vào mẫu số' })).toBeVisible();
    await page.getByRole('link', { name: 'Tổng quan' }).first().click();
    const card = page.locator('[data-assessment="don-vi-an-toan"]');
    await expect(card).toContainText('Đã báo cáo 0/3 đơn vị');
    await expect(card.locator('[data-left-out]')).toContainText('Không tính 3 đơn vị');

    await server.start();
    await syncNow(page);
    expect(tallyOf(await server.overview(reviewer, COMMUNE), 'don-vi-an-toan').expected).toBe(3);
    const desk = await office.open();
    await signedIn(desk, reviewer);
    await desk.goto(`${server.url}/dia-ban/${COMMUNE}`);
    const row = desk.locator('tr[data-indicator="don-vi-an-toan"]');
    await expect(row.locator('[data-cell="reported"]')).toHaveText('0/3');
    await expect(row.locator('[data-set]')).toContainText('không tính đơn vị lực lượng vũ trang');
    await look(desk, 'desktop-commune-units');
  } finally {
    await tablet.dispose();
    await office.dispose();
    await server.dispose();
  }
});
