// How figures came about: the line through the year, the projection and how it was made, the same as a table.
import { expect, test } from '@playwright/test';
import { Device, signedIn } from '../../support/browser.mjs';
import { look } from '../../support/look.mjs';
import { Tablet } from '../../support/meanwhile.mjs';
import { Server } from '../../support/server.mjs';

const PASSWORD = 'mat-khau-thu-nghiem';

test.describe.configure({ timeout: 300_000 });

let server;
let office;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  server = await Server.create();
  server.cli(['demo']);
  server.cli(['account', 'password', 'so-noi-vu', '--password-stdin'], `${PASSWORD}\n`);
  await server.start();
});

test.afterAll(async () => {
  await server.dispose();
});

test.beforeEach(() => {
  office = new Device(server.url, 'desktop');
});

test.afterEach(async () => {
  await office.dispose();
});

test('the overview leads to the way of an indicator, and a past day to its projection', async () => {
  const desk = await office.open();
  await signedIn(desk, { name: 'so-noi-vu', password: PASSWORD });
  const row = desk.locator('tr[data-indicator="gia-dinh-van-hoa"]');
  await expect(row).toContainText('điểm trong 4 tuần');
  await row.getByRole('link', { name: 'Xu hướng: Gia đình văn hóa' }).click();
  await expect(desk.getByRole('heading', { level: 1, name: 'Xu hướng: Tỉnh Sơn La' })).toBeVisible();
  const chart = desk.getByRole('img', { name: 'Gia đình văn hóa, Tỉnh Sơn La, theo ngày' });
  await expect(chart).toBeVisible();
  // The year of the demonstration is over, whatever the day it is.
  const projection = desk.getByRole('region', { name: 'Dự báo' });
  await expect(projection).toContainText('Không dự báo: hạn nộp đã qua');

  // Entries come in November and are reviewed from 5 December: on the 1st the pace of what is handed in is
  // known, that of the reviews is not.
  await desk.getByLabel('Dự báo tính từ ngày').fill('2022-12-01');
  await expect(desk).toHaveURL(/ngay=2022-12-01/);
  await expect(projection).toContainText('những tuần qua không có phiếu nào được duyệt đạt');
  await expect(projection).toContainText(/đến hạn 19\/12\/2022 sẽ có khoảng [\d,]+% đã nộp/);
  await expect(projection).toContainText('Cách tính: trong');
  await expect(projection).toContainText('là số thật, để so với dự báo');

  await desk.getByText('Số liệu theo tuần').click();
  const rows = desk.getByRole('region', { name: 'Số liệu theo tuần' }).locator('tbody tr');
  await expect(rows.first()).toBeVisible();
  const download = desk.waitForEvent('download');
  await desk.getByRole('link', { name: 'Tải từng ngày (CSV)' }).click();
  expect((await download).suggestedFilename()).toMatch(/^xu-huong-14-.*\.csv$/);
});

test('the page is looked at, by light and dark', async () => {
  const desk = await office.open();
  await signedIn(desk, { name: 'so-noi-vu', password: PASSWORD });
  await desk.goto(`${server.url}/xu-huong/118?chi-tieu=khu-dan-cu-an-toan&ngay=2022-12-22`);
  await expect(desk.getByRole('img')).toBeVisible();
  await look(desk, 'desktop-31-trend');
  await desk.goto(`${server.url}/xu-huong?chi-tieu=grdp`);
  await expect(desk.getByText('Chưa có số nào được báo cáo.')).toBeVisible();

  // Where nobody has begun there is no line; it is drawn when the first commune does.
  await desk.goto(`${server.url}/xu-huong/119?chi-tieu=gia-dinh-van-hoa`);
  await expect(desk.getByText('Chưa có ngày nào có số đếm.')).toBeVisible();
  const tablet = await Tablet.begins(server, '03751');
  try {
    await tablet.enters();
    await tablet.syncs();
    await expect(desk.getByRole('img', { name: /^Gia đình văn hóa, Huyện Thuận Châu/ })).toBeVisible();
  } finally {
    await tablet.dispose();
  }
});
