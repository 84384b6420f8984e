// The map on imported boundaries: the same links, words and keys as the tiles, and a table that sorts.
import { expect, test } from '@playwright/test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Device, signedIn } from '../../support/browser.mjs';
import { look } from '../../support/look.mjs';
import { Tablet } from '../../support/meanwhile.mjs';
import { Server } from '../../support/server.mjs';

test.describe.configure({ timeout: 180_000 });

const DISTRICTS = ['116', '118', '119', '120', '121', '122', '123', '124', '125', '126', '127', '128'];

let server;
let office;

test.beforeEach(async () => {
  server = await Server.create();
  await server.start();
  office = new Device(server.url, 'desktop');
});

test.afterEach(async () => {
  await office.dispose();
  await server.dispose();
});

// Twelve fields in a chessboard of four columns, with corners pulled about so that they are no squares.
function boundaries(codes) {
  const corner = (column, row) => [
    103.2 + column * 0.4 + ((column * 7 + row * 3) % 5) * 0.02,
    21.9 - row * 0.4 + ((column * 3 + row * 5) % 4) * 0.02,
  ];
  const features = codes.map((code, index) => {
    const [column, row] = [index % 4, Math.floor(index / 4)];
    const ring = [[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]].map(([x, y]) => corner(column + x, row + y));
    return { type: 'Feature', properties: { code }, geometry: { type: 'Polygon', coordinates: [ring] } };
  });
  const file = join(server.dataDir, 'ranh-gioi.geojson');
  writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', features }));
  return file;
}

test('imported boundaries take the place of the tiles and lead on by keyboard', async () => {
  const viewer = server.account('nguoi-xem', 'viewer', '14');
  const said = server.cli(['boundaries', 'import', boundaries(DISTRICTS)]);
  expect(said).toContain('12 địa bàn khớp');
  const desk = await office.open();
  await signedIn(desk, viewer);
  await desk.goto(`${server.url}/ban-do`);
  const map = desk.getByRole('group', { name: 'Bản đồ: Gia đình văn hóa' });
  await expect(map.locator('path.tile__paper')).toHaveCount(12);
  await expect(map.getByRole('link')).toHaveCount(12);
  await expect(desk.locator('.page__lead')).toContainText('Ranh giới do quản trị viên nhập');

  // From the corner one to the right, one down: Sơn La, Quỳnh Nhai, Phù Yên.
  await map.getByRole('link', { name: /^Thành phố Sơn La:/ }).focus();
  await desk.keyboard.press('ArrowRight');
  await expect(map.getByRole('link', { name: /^Huyện Quỳnh Nhai:/ })).toBeFocused();
  // A commune begins meanwhile: the table beside the map follows, and whoever walks the map stays where they are.
  const begun = desk.locator('.table--map tr[data-area="119"] .table__number').nth(1);
  await expect(begun).toHaveText('0/0');
  const tablet = await Tablet.begins(server, '03751');
  try {
    await tablet.enters();
    await tablet.syncs();
    await expect(begun).toHaveText('0/1');
  } finally {
    await tablet.dispose();
  }
  await expect(map.getByRole('link', { name: /^Huyện Quỳnh Nhai:/ })).toBeFocused();
  await desk.keyboard.press('ArrowDown');
  await expect(map.getByRole('link', { name: /^Huyện Phù Yên:/ })).toBeFocused();
  await look(desk, 'desktop-34-map-ground');
  await desk.keyboard.press('Enter');
  await expect(desk.getByRole('heading', { level: 1, name: 'Bản đồ Huyện Phù Yên' })).toBeVisible();
  // Its communes have no boundaries of their own: tiles again.
  await expect(desk.locator('rect.tile__paper').first()).toBeVisible();
});

test('a file that does not match changes nothing, and the table beside the map sorts and filters', async () => {
  const viewer = server.account('nguoi-xem', 'viewer', '14');
  expect(() => server.cli(['boundaries', 'import', boundaries(['116', '999'])])).toThrow(/không có mã 999/);
  const desk = await office.open();
  await signedIn(desk, viewer);
  await desk.goto(`${server.url}/ban-do`);
  await expect(desk.locator('rect.tile__paper').first()).toBeVisible();
  const rows = desk.locator('.table--map tbody tr[data-area]');
  await expect(rows).toHaveCount(12);
  await desk.getByLabel('Mức').selectOption({ label: 'Chưa báo cáo' });
  await expect(desk).toHaveURL(/tinh-trang=chua-bao-cao/);
  await expect(rows).toHaveCount(12);
  await desk.getByLabel('Mức').selectOption({ label: 'Đạt' });
  await expect(desk.getByText('Không có địa bàn nào ở mức này.')).toBeVisible();
  await desk.getByLabel('Xếp theo').selectOption({ label: 'Báo cáo ít nhất' });
  await expect(desk).toHaveURL(/xep=it-bao-cao/);
});
