// Years running and the papers of the year, printed without a server.
import { expect, test } from '@playwright/test';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Device, offlineReady, signedIn, syncNow } from '../../support/browser.mjs';
import { look } from '../../support/look.mjs';
import { enterMeeting } from '../../support/roster.mjs';
import { Server } from '../../support/server.mjs';
import { backToArea, familiesListed, fillFamily, openArea, openFamily, saved, submit } from '../../support/tablet.mjs';

const COMMUNE = '03751';
const PICTURES = new URL('../../test-results/papers/', import.meta.url).pathname;
// Head, house, last year's result, years running.
const FAMILIES = [
  ['Lò Văn Hặc', '1', 'Đạt', 2],
  ['Giàng A Páo', '2', 'Đạt', 2],
  ['Lò Văn Hặc', '3', 'Đạt', 1],
  ['Cà Thị Ún', '4', 'Không đạt', 0],
];

test.describe.configure({ timeout: 240_000 });

// Two heads share a name; the house number tells them apart.
async function openHouse(page, house) {
  await page.getByRole('searchbox', { name: 'Tìm hộ' }).fill(house);
  await familiesListed(page, 1);
  await page.locator('.grid__name').click();
  await expect(page.locator('.result-panel')).toBeVisible();
}

// The page as it comes out of the printer: text and a picture of every sheet.
async function printed(page, name) {
  mkdirSync(PICTURES, { recursive: true });
  const file = join(PICTURES, `${name}.pdf`);
  writeFileSync(file, await page.pdf({ preferCSSPageSize: true }));
  const run = (command, args) => {
    const done = spawnSync(command, args, { encoding: 'utf8' });
    expect(done.status, `${command}: ${done.stderr ?? done.error}`).toBe(0);
    return done.stdout;
  };
  run('pdftoppm', ['-png', '-r', '70', file, join(PICTURES, name)]);
  expect(run('pdfinfo', [file])).toMatch(/Page size:\s+59[45](\.\d+)? x 84[12](\.\d+)? pts/);
  return run('pdftotext', ['-layout', file, '-']).normalize('NFC').replace(/\s+/g, ' ');
}

test('minutes, posting list, certificates and summary come off the tablet while the server is dead', async () => {
  const server = await Server.create();
  await server.start();
  const officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  const reviewer = server.account('phong-noi-vu', 'district-reviewer', '119');
  const csv = join(server.dataDir, 'roster.csv');
  const lines = FAMILIES.map((family) => ['Bản Bó', ...family].join(','));
  writeFileSync(csv, ['Khu dân cư,Chủ hộ,Số nhà,Kết quả năm trước,Số năm liên tục', ...lines].join('\n'));
  server.cli(['roster', 'import', csv, '--commune', COMMUNE]);
  const tablet = new Device(server.url);
  const office = new Device(server.url, 'desktop');
  try {
    const page = await tablet.open();
    await signedIn(page, officer);
    await openArea(page, 'Bản Bó');
    await offlineReady(page);
    await enterMeeting(page, { invited: 4, attended: 4, agreed: 4 });
    // The first three earn the title; the fourth is excluded, and nobody but the officer reads why.
    for (const house of ['1', '2', '3']) {
      await openHouse(page, house);
      await fillFamily(page, { attended: '28', agreed: '27' });
      if (house === '1') await expect(page.locator('.entry__head')).toContainText('2 năm liên tục đến năm 2021');
      if (house !== '3') await expect(page.locator('.entry__head')).toContainText('thì đủ điều kiện xét tặng Giấy khen (3 năm liên tục)');
      else await expect(page.locator('.entry__head')).not.toContainText('Giấy khen');
      if (house !== '3') await submit(page);
      await saved(page);
      await backToArea(page);
    }
    await openFamily(page, 'Cà Thị Ún');
    await fillFamily(page);
    await page.getByLabel('Tảo hôn hoặc hôn nhân cận huyết thống').check();
    await expect(page.locator('.result-panel__outcome')).toHaveAttribute('data-outcome', 'not-earned');
    await saved(page);
    await syncNow(page);

    // One of the two that were handed in is accepted.
    const desk = await office.open();
    await signedIn(desk, reviewer);
    await desk.getByRole('link', { name: 'Chờ duyệt' }).click();
    await desk.getByRole('row', { name: /Gia đình văn hóa/ }).getByRole('link', { name: 'Giàng A Páo' }).click();
    await desk.getByRole('button', { name: 'Duyệt', exact: true }).click();
    await expect(desk.locator('.entry__head .badge')).toHaveText('Đã duyệt');
    await syncNow(page);

    await server.kill();
    await page.reload();
    await page.getByRole('link', { name: 'Tổng quan' }).first().click();
    await page.getByRole('link', { name: 'Giấy tờ in' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Giấy tờ in' })).toBeVisible();
    await look(page, 'tablet-papers');

    await page.getByRole('link', { name: 'Biên bản họp Bản Bó' }).click();
    await page.getByLabel('Ngày họp').fill('2022-11-20');
    await page.getByLabel('Địa điểm').fill('Nhà văn hóa bản');
    await page.getByLabel('Chủ trì').fill('Quàng Văn Inh');
    await page.getByLabel('Thư ký').fill('Lò Thị Mẩy');
    await page.getByLabel('Ý kiến tại cuộc họp').fill('Nhất trí với bản tự chấm của các hộ.');
    await page.getByRole('radio', { name: 'Giơ tay' }).check();
    await expect(page.locator('.paper-tools .save-note')).toHaveText('Đã lưu');
    await expect(page.locator('.paper')).toContainText('ngày 20 tháng 11 năm 2022');
    await page.reload();
    await expect(page.getByLabel('Chủ trì')).toHaveValue('Quàng Văn Inh');
    await look(page, 'tablet-minutes');
    const minutes = await printed(page, 'minutes');
    for (const text of [
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'BIÊN BẢN', 'Nhà văn hóa bản', 'Chủ trì: Quàng Văn Inh', 'giơ tay',
      '4/4 hộ dự họp đồng ý (100', 'danh sách 3 hộ', 'Giàng A Páo', '1 hộ chưa đủ điều kiện đề nghị',
    ]) expect(minutes).toContain(text);
    for (const text of ['Tảo hôn', 'Cà Thị Ún', 'In hoặc lưu PDF', 'Đồng bộ', 'Ngày họp']) expect(minutes).not.toContain(text);

    await page.goto(page.url().replace('bien-ban', 'niem-yet'));
    await expect(page.getByRole('heading', { level: 1, name: 'THÔNG BÁO' })).toBeVisible();
    await look(page, 'tablet-posting');
    const posting = await printed(page, 'posting');
    for (const text of ['THÔNG BÁO', 'XÃ CHIỀNG LY', 'Giàng A Páo', 'Lò Văn Hặc (số 1)', 'Lò Văn Hặc (số 3)', 'CHỦ TỊCH']) {
      expect(posting).toContain(text);
    }
    for (const text of ['Cà Thị Ún', 'Tảo hôn', 'điểm', 'nghèo']) expect(posting).not.toContain(text);

    await page.goto(`${server.url}/giay-to/giay-khen`);
    await expect(page.getByText('1 hộ nữa sẽ đủ điều kiện')).toBeVisible();
    await look(page, 'tablet-merit');
    const merit = await printed(page, 'merit');
    expect(merit).toContain('Giàng A Páo');
    expect(merit).not.toContain('Lò Văn Hặc');

    await page.goto(`${server.url}/giay-to/tong-hop`);
    await expect(page.getByRole('heading', { level: 1, name: 'BÁO CÁO' })).toBeVisible();
    await look(page, 'tablet-summary');
    const summary = await printed(page, 'summary');
    for (const text of ['Bản Bó', 'Toàn xã', '(25,0%)', '1 hộ đủ điều kiện xét tặng Giấy khen', './.']) {
      expect(summary).toContain(text);
    }
  } finally {
    await tablet.dispose();
    await office.dispose();
    await server.dispose();
  }
});
