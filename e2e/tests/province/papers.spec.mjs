// The report: drafted with words of one's own, downloaded, issued, and the same bytes ever after.
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Device, signedIn } from '../../support/browser.mjs';
import { Tablet } from '../../support/meanwhile.mjs';
import { Server } from '../../support/server.mjs';

const COMMUNE = '03751';

test.describe.configure({ timeout: 120_000 });

let server;
let office;

test.beforeEach(async () => {
  server = await Server.create();
  server.roster(COMMUNE, [
    { area: 'Bản Bó', head: 'Lò Văn An', house: '1' },
    { area: 'Bản Bó', head: 'Quàng Thị Bình', house: '2' },
  ]);
  await server.start();
  office = new Device(server.url, 'desktop');
});

test.afterEach(async () => {
  await office.dispose();
  await server.dispose();
});

// Clicks, waits for the file, and gives its name and bytes.
async function downloaded(page, click) {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

const begins = { Word: 'PK', Excel: 'PK', PDF: '%PDF' };
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

test('a reviewer edits the summary, downloads drafts and issues a paper that stays as it is', async () => {
  const reviewer = server.account('phong-noi-vu', 'district-reviewer', '119');
  const desk = await office.open();
  await signedIn(desk, reviewer);
  await desk.getByRole('link', { name: 'Báo cáo', exact: true }).click();
  await expect(desk.getByRole('heading', { level: 1 })).toHaveText('Báo cáo: Huyện Thuận Châu');
  const summary = desk.getByLabel('Kết quả chung (mỗi dòng một đoạn)');
  await expect(summary).toHaveValue(/chỉ tiêu/);
  await expect(desk.getByText('Chưa phát hành văn bản nào')).toBeVisible();
  await summary.fill('Phong trào thi đua lan rộng đến từng bản.\nCác xã nộp hồ sơ đúng hạn.');
  await summary.press('Tab');
  await expect(desk.getByRole('button', { name: 'Lấy lại lời văn máy soạn' })).toBeEnabled();

  for (const format of ['Word', 'PDF', 'Excel']) {
    const file = await downloaded(desk, () => desk.getByRole('button', { name: `Dự thảo ${format}` }).click());
    expect(file.name).toMatch(/^du-thao-bao-cao-119\./);
    expect(file.bytes.subarray(0, begins[format].length).toString()).toBe(begins[format]);
    await expect(desk.locator('.banner').last()).toContainText('Đã tải dự thảo');
  }

  // Not without number, day and signatory.
  const issue = desk.getByRole('button', { name: 'Phát hành bản chính thức' });
  await issue.click();
  await expect(desk.getByRole('alert')).toContainText('cần có số, ngày ký và người ký');
  await desk.getByLabel('Số báo cáo').fill('12');
  await desk.getByLabel('Ngày ký').fill('20/12/2022');
  await desk.getByLabel('Người ký').fill('Lò Thị Hặc');
  await issue.click();
  const dialog = desk.getByRole('dialog');
  await expect(dialog).toContainText('số 12, ngày 20/12/2022');
  await dialog.getByRole('button', { name: 'Phát hành', exact: true }).click();
  await expect(dialog).toBeHidden();
  const row = desk.locator('tr[data-paper]');
  await expect(row).toHaveCount(1);
  await expect(row).toContainText('Báo cáo tổng hợp số 12, ngày 20/12/2022');

  const first = {};
  for (const format of ['Word', 'PDF', 'Excel']) {
    const link = row.getByRole('link', { name: `Tải ${format}` });
    const file = await downloaded(desk, () => link.click());
    first[format] = sha256(file.bytes);
    await expect(link).toHaveAttribute('title', new RegExp(first[format]));
  }

  // The data goes on; the paper does not, not even with another start of the server.
  await server.kill();
  server.roster(COMMUNE, [{ area: 'Bản Cọ', head: 'Cà Văn Chung', house: '3' }]);
  await server.start();
  await desk.reload();
  for (const format of ['Word', 'PDF', 'Excel']) {
    const file = await downloaded(desk, () => row.getByRole('link', { name: `Tải ${format}` }).click());
    expect(sha256(file.bytes)).toBe(first[format]);
  }

  // The number is taken.
  await desk.getByLabel('Số báo cáo').fill('12');
  await desk.getByLabel('Ngày ký').fill('21/12/2022');
  await desk.getByLabel('Người ký').fill('Lò Thị Hặc');
  await issue.click();
  await dialog.getByRole('button', { name: 'Phát hành', exact: true }).click();
  await expect(desk.getByRole('alert')).toContainText('Hãy chọn số khác');
  await expect(row).toHaveCount(1);
});

test('a viewer drafts a list of recognition of a commune and cannot issue it', async () => {
  const viewer = server.account('nguoi-xem', 'viewer', '119');
  const desk = await office.open();
  await signedIn(desk, viewer);
  await desk.getByRole('link', { name: 'Báo cáo', exact: true }).click();
  await desk.getByLabel('Địa bàn').selectOption(COMMUNE);
  await expect(desk).toHaveURL(new RegExp(`/bao-cao/${COMMUNE}$`));
  await desk.getByLabel('Loại văn bản').selectOption({ label: 'Danh sách Gia đình văn hóa' });
  await expect(desk.getByLabel('Số quyết định')).toBeVisible();
  await expect(desk.getByRole('button', { name: 'Phát hành bản chính thức' })).toHaveCount(0);
  const file = await downloaded(desk, () => desk.getByRole('button', { name: 'Dự thảo PDF' }).click());
  expect(file.name).toBe(`du-thao-gia-dinh-van-hoa-${COMMUNE}.pdf`);
  // A tablet of the commune syncs meanwhile: what is being drafted stays as it is, the table has what is new.
  await desk.getByLabel('Số quyết định').fill('7');
  const tablet = await Tablet.begins(server, COMMUNE);
  try {
    await tablet.enters();
    await tablet.syncs();
  } finally {
    await tablet.dispose();
  }
  await expect(desk.getByLabel('Số quyết định')).toHaveValue('7');
  const table = await downloaded(desk, () => desk.getByRole('link', { name: 'Từng hồ sơ' }).click());
  expect(table.name).toBe(`ho-so-${COMMUNE}.csv`);
  expect(table.bytes.toString()).toContain('Lò Văn An');
  expect(table.bytes.toString()).toContain('Giàng A Páo');
});

for (const screen of ['desktop', 'tablet']) {
  for (const scheme of ['light', 'dark']) {
    test(`the page is accessible and fits: ${screen}, ${scheme}`, async ({}, info) => {
      const reviewer = server.account('so-noi-vu', 'province-reviewer', '14');
      const device = new Device(server.url, screen);
      try {
        const page = await device.open();
        await page.emulateMedia({ colorScheme: scheme });
        await signedIn(page, reviewer);
        await page.goto(`${server.url}/bao-cao`);
        await page.getByLabel('Số báo cáo').fill('215');
        await page.getByLabel('Ngày ký').fill('30/12/2022');
        await page.getByLabel('Người ký').fill('Nguyễn Thị Hoa');
        await page.getByRole('button', { name: 'Phát hành bản chính thức' }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Phát hành', exact: true }).click();
        await expect(page.locator('tr[data-paper]')).toHaveCount(1);
        const width = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        expect(width[0]).toBeLessThanOrEqual(width[1]);
        await page.screenshot({ path: info.outputPath(`papers-${screen}-${scheme}.png`), fullPage: true });
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
      } finally {
        await device.dispose();
      }
    });
  }
}
