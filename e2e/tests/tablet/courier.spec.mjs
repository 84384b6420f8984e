// Days without a connection: what one officer entered reaches the server through another's tablet, as a file
// and as codes from screen to camera, and the receipt comes back the same way.
import { expect, test } from '@playwright/test';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Device, offlineReady, signedIn, syncNow, synced, waiting } from '../../support/browser.mjs';
import { open, saveAs, takeIn, taken } from '../../support/courier.mjs';
import { look } from '../../support/look.mjs';
import { allCodes, video } from '../../support/qr.mjs';
import { Server, tallyOf } from '../../support/server.mjs';
import { addFamily, openArea } from '../../support/tablet.mjs';

const COMMUNE = '03751';
const ELSEWHERE = '03754';

test.describe.configure({ timeout: 180_000 });

let server;
let officer;
let colleague;
let reviewer;
let author;
let carrier;
let files;

test.beforeEach(async () => {
  files = mkdtempSync(join(tmpdir(), 'so-thi-dua-goi-'));
  server = await Server.create();
  await server.start();
  officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  colleague = server.account('can-bo-khac', 'commune-officer', ELSEWHERE);
  reviewer = server.account('so-noi-vu', 'province-reviewer', '14');
  server.roster(COMMUNE, [{ area: 'Bản Bó', head: 'Lò Thị Mẩy', house: '1' }]);
  server.roster(ELSEWHERE, [{ area: 'Bản Mòn', head: 'Tòng Văn Pản', house: '1' }]);
  author = new Device(server.url);
});

test.afterEach(async () => {
  await author.dispose();
  await carrier?.dispose();
  carrier = undefined;
  await server.dispose();
  rmSync(files, { recursive: true, force: true });
});

async function ready(device, account) {
  const page = await device.open();
  await signedIn(page, account);
  await offlineReady(page);
  await syncNow(page);
  return page;
}

// An author in a place without coverage, with two families entered there.
async function cutOff() {
  const page = await ready(author, officer);
  await openArea(page, 'Bản Bó');
  await author.context.setOffline(true);
  await addFamily(page, 'Giàng A Páo', '2');
  await addFamily(page, 'Vàng Thị Dợ', '3');
  expect(await waiting(page)).toBe('2');
  await open(page);
  return page;
}

const families = async () => tallyOf(await server.overview(reviewer, COMMUNE), 'gia-dinh-van-hoa').expected;

test('a file carried by a colleague is delivered, and its receipt empties the outbox', async () => {
  carrier = new Device(server.url);
  const carrying = await ready(carrier, colleague);
  const page = await cutOff();
  // Nobody reaches the server now, the colleague neither.
  await server.kill();
  const bundle = join(files, 'goi.thidua');
  const name = await saveAs(page, page.getByRole('button', { name: 'Lưu gói thành tệp' }), bundle);
  expect(name).toMatch(/^goi-can-bo-xa-\d{8}-\d{4}\.thidua$/);
  expect(readFileSync(bundle).includes('Páo')).toBe(false);
  await look(page, 'courier-01-made');

  await open(carrying);
  await takeIn(carrying, bundle);
  await expect(taken(carrying, 'success')).toContainText('can-bo-xa');
  await expect(carrying.locator('[data-carried]')).toHaveAttribute('data-carried', '1');
  await look(carrying, 'courier-02-carrying');
  // It is on the disk, not only on the screen; taken in again it is the same.
  await carrying.reload();
  await expect(carrying.locator('[data-parcel="waiting"]')).toHaveCount(1);
  await takeIn(carrying, bundle);
  await expect(taken(carrying, 'success')).toContainText('đã có trên máy');

  await server.start();
  await carrying.getByRole('button', { name: 'Gửi ngay' }).click();
  await expect(carrying.locator('[data-parcel="delivered"]')).toBeVisible();
  expect(await families()).toBe(3);
  const receipt = join(files, 'bien-nhan.thidua');
  await saveAs(carrying, carrying.getByRole('button', { name: 'Lưu biên nhận thành tệp' }), receipt);
  await look(carrying, 'courier-03-delivered');
  // The colleague's own register knows nothing of it.
  expect(await waiting(carrying)).toBe('0');

  // The receipt, forged, moves nothing.
  const forged = Buffer.from(readFileSync(receipt));
  forged[forged.length - 20] ^= 1;
  writeFileSync(join(files, 'gia.thidua'), forged);
  await takeIn(page, join(files, 'gia.thidua'));
  await expect(taken(page, 'danger')).toContainText('hỏng');
  expect(await waiting(page)).toBe('2');

  await takeIn(page, receipt);
  await expect(taken(page, 'success')).toContainText('ký nhận');
  expect(await waiting(page)).toBe('0');
  await look(page, 'courier-04-receipt');
  await takeIn(page, receipt);
  await expect(taken(page, 'success')).toContainText('không cho biết gì mới');

  // Still without a connection, everything is signed for.
  await page.goBack();
  await page.getByRole('link', { name: 'Bàn giao máy' }).click();
  await expect(page.locator('[data-custody="safe"]')).toBeVisible();

  // The author's own sync has nothing to send again; what comes next goes as ever.
  await openArea(page, 'Bản Bó');
  await addFamily(page, 'Quàng Văn Chung', '4');
  await author.context.setOffline(false);
  await syncNow(page);
  expect(await families()).toBe(4);
});

test('a reviewer delivers what is brought; what was changed or cut is refused in words', async () => {
  const page = await cutOff();
  const bundle = join(files, 'goi.thidua');
  await saveAs(page, page.getByRole('button', { name: 'Lưu gói thành tệp' }), bundle);
  carrier = new Device(server.url, 'desktop');
  const desk = await carrier.open();
  await signedIn(desk, reviewer);
  await desk.goto(`${server.url}/goi-chuyen-tay`);

  const whole = readFileSync(bundle);
  const changed = Buffer.from(whole);
  changed[70] ^= 1;
  for (const [bytes, words] of [
    [whole.subarray(0, whole.length - 5), 'thiếu phần cuối'],
    [changed, 'hỏng trên đường đi'],
    [Buffer.from('%PDF-1.7'), 'không phải gói'],
  ]) {
    const file = join(files, 'sai.thidua');
    writeFileSync(file, bytes);
    await takeIn(desk, file);
    await expect(taken(desk, 'danger')).toContainText(words);
  }
  await look(desk, 'courier-05-refused');
  expect(await families()).toBe(1);

  await takeIn(desk, bundle);
  await expect(desk.locator('[data-parcel="delivered"]')).toBeVisible();
  expect(await families()).toBe(3);
  await look(desk, 'courier-06-desk');
  const receipt = join(files, 'bien-nhan.thidua');
  await saveAs(desk, desk.getByRole('button', { name: 'Lưu biên nhận thành tệp' }), receipt);

  // Meanwhile the author had a connection for a moment: the receipt is late and takes nothing back.
  await openArea(page, 'Bản Bó');
  await addFamily(page, 'Quàng Văn Chung', '4');
  await author.context.setOffline(false);
  await syncNow(page);
  await open(page);
  await takeIn(page, receipt);
  await expect(taken(page, 'success')).toBeVisible();
  expect(await waiting(page)).toBe('0');
  expect(await families()).toBe(4);
});

test('codes are read by the camera of another tablet, and those of the receipt by the author\'s', async () => {
  const page = await cutOff();
  await page.getByRole('button', { name: 'Hiện mã QR' }).click();
  const shown = await allCodes(page);
  await look(page, 'courier-07-codes');
  const film = join(files, 'goi.y4m');
  video(film, shown);
  carrier = new Device(server.url, 'tablet', camera(film));
  const carrying = await ready(carrier, colleague);
  await open(carrying);
  await carrying.getByRole('button', { name: 'Quét mã QR' }).click();
  await expect(carrying.locator('[data-parcel="delivered"]')).toBeVisible({ timeout: 60_000 });
  expect(await families()).toBe(3);

  await carrying.getByRole('button', { name: 'Hiện mã QR' }).click();
  const back = join(files, 'bien-nhan.y4m');
  video(back, await allCodes(carrying));
  // The same tablet again, now with a camera that sees the receipt.
  await author.close();
  author.launch = camera(back);
  const again = await author.open();
  await expect(again.locator('.app-header')).toBeVisible();
  await author.context.setOffline(true);
  await open(again);
  await again.getByRole('button', { name: 'Quét mã QR' }).click();
  await expect(taken(again, 'success')).toBeVisible({ timeout: 60_000 });
  expect(await waiting(again)).toBe('0');
});

test('without a camera the file is what remains, and signing out offers the bundle', async () => {
  const page = await cutOff();
  await page.getByRole('button', { name: 'Quét mã QR' }).click();
  await expect(taken(page, 'danger')).toContainText('Không mở được máy ảnh');
  await expect(page.locator('input[name="courier-file"]')).toBeAttached();
  await page.goBack();
  await expect(page.getByRole('button', { name: 'Đăng xuất' })).toBeVisible();
  await expect(page.getByText('Tạo gói chuyển tay để gửi')).toBeVisible();
});

// A browser whose camera sees this film.
const camera = (film) => ({
  permissions: ['camera'],
  args: [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${film}`,
  ],
});
