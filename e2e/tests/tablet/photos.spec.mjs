// Photos: chosen without a network, sealed on the disk, sent after the entries in pieces that survive a cut,
// and seen by those who may see the entry.
import { expect, test } from '@playwright/test';
import { Device, offlineReady, signedIn, syncNow, synced, waiting } from '../../support/browser.mjs';
import { look } from '../../support/look.mjs';
import { album, choosePhotos, makePhoto, photosWaiting, withPlace } from '../../support/photos.mjs';
import { Server } from '../../support/server.mjs';
import { fillFamily, openArea, openFamily, saved, submit } from '../../support/tablet.mjs';

const COMMUNE = '03751';
const ELSEWHERE = '03754';
const EVIDENCE = 'Ảnh minh chứng';
const MINUTES = 'Ảnh biên bản đã ký';

test.describe.configure({ timeout: 240_000 });

let server;
let officer;
let colleague;
let stranger;
let reviewer;
let tablet;

test.beforeEach(async () => {
  server = await Server.create();
  await server.start();
  officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  colleague = server.account('can-bo-cung-xa', 'commune-officer', COMMUNE);
  stranger = server.account('can-bo-khac', 'commune-officer', ELSEWHERE);
  reviewer = server.account('so-noi-vu', 'province-reviewer', '14');
  server.roster(COMMUNE, [{ area: 'Bản Bó', head: 'Lò Thị Mẩy', house: '1' }]);
  tablet = new Device(server.url);
});

test.afterEach(async () => {
  await tablet.dispose();
  await server.dispose();
});

async function ready(device, account) {
  const page = await device.open();
  await signedIn(page, account);
  await offlineReady(page);
  await syncNow(page);
  return page;
}

const goTo = (page, name) => page.getByRole('link', { name, exact: true }).first().click();

async function toSync(page) {
  await goTo(page, 'Đồng bộ');
  await expect(page.getByRole('heading', { level: 1, name: 'Đồng bộ' })).toBeVisible();
}

async function toFamily(page) {
  await openArea(page, 'Bản Bó');
  await openFamily(page, 'Lò Thị Mẩy');
}

async function toMinutes(page) {
  await openArea(page, 'Bản Bó');
  await goTo(page, 'Biên bản họp');
  await expect(album(page, MINUTES)).toBeVisible();
}

// What the sending of photos asks of the server, in order.
function watchUploads(page) {
  const asked = [];
  page.on('request', (request) => {
    const { pathname, search } = new URL(request.url());
    if (pathname === '/api/sync') asked.push('sync');
    if (pathname.startsWith('/api/uploads/')) asked.push(`${request.method()} ${pathname}${search}`);
  });
  return asked;
}

const allSent = (page) => expect.poll(() => photosWaiting(page), { timeout: 60_000 }).toBe('0');

// The status and bytes that an account is answered with.
const fetchAs = async (account, key) => {
  const headers = {};
  if (account) {
    const signedIn = await fetch(`${server.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.url },
      body: JSON.stringify({ account: account.name, password: account.password }),
    });
    headers.cookie = signedIn.headers.get('set-cookie').split(';')[0];
  }
  const answer = await fetch(`${server.url}/api/photos/${key}`, { headers });
  return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) };
};

// What lies on the tablet's disk of photos: bytes as they are stored.
const photosOnDisk = (page) =>
  page.evaluate(async (account) => {
    const done = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(indexedDB.open(`so-thi-dua.${account}`));
    const found = {};
    for (const store of ['photo', 'thumb', 'photo-row']) {
      const rows = database.transaction(store).objectStore(store);
      const [keys, values] = [await done(rows.getAllKeys()), await done(rows.getAll())];
      found[store] = keys.map((key, at) => [key, Array.from(values[at])]);
    }
    database.close();
    return found;
  }, officer.name);

test('photos chosen offline are sealed, wait for the entries, survive a cut, and are seen where they may be', async () => {
  const page = await ready(tablet, officer);
  const plain = await makePhoto(page, { seed: 1 });
  expect(plain.buffer.length).toBeGreaterThan(150_000);
  await toFamily(page);
  await server.kill();

  // Without a network: a photo that says where it was taken, a second one, and what is none.
  await fillFamily(page);
  await choosePhotos(page, EVIDENCE, withPlace(plain));
  const second = await makePhoto(page, { seed: 2 });
  await choosePhotos(page, EVIDENCE, second);
  const place = album(page, EVIDENCE);
  // Chosen once more it is still one photo, and that is said.
  await place.locator('input[type=file]').nth(1).setInputFiles(second);
  await expect(place.getByRole('status')).toContainText('1 ảnh vừa chọn đã có ở đây nên không thêm lần nữa');
  await place.locator('input[type=file]').first().setInputFiles({ name: 'x.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<html>') });
  await expect(place.getByRole('alert')).toContainText('không đọc được tệp này');
  await expect(place.locator('.photo')).toHaveCount(2);
  await expect(place.locator('.photo__state').first()).toHaveText('Đã lưu trên máy, chờ gửi');
  await expect(place.locator('img.photo__thumb')).toHaveCount(2);
  await place.scrollIntoViewIfNeeded();
  await look(page, 'tablet-photos-evidence');

  await place.locator('.photo__open').first().click();
  const dialog = page.getByRole('dialog', { name: 'Xem ảnh' });
  await expect(dialog.locator('.gallery__picture')).toBeVisible();
  await dialog.getByLabel('Chú thích').fill('Sân nhà sạch');
  await dialog.getByLabel('Chú thích').press('Tab');
  await expect(dialog.getByText('Ảnh 1 trong 2')).toBeVisible();
  await look(page, 'tablet-photo-viewed');
  await dialog.getByRole('button', { name: 'Ảnh sau' }).press('ArrowRight');
  await expect(dialog.getByText('Ảnh 2 trong 2')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(place.getByText('Sân nhà sạch')).toBeVisible();
  await submit(page);
  await saved(page);

  // On the disk lies nothing that is a picture or a word of one.
  const disk = await photosOnDisk(page);
  expect(disk.photo.length).toBe(2);
  for (const [, bytes] of [...disk.photo, ...disk.thumb]) {
    const row = Buffer.from(bytes);
    expect(row[0]).toBe(1);
    // Long enough not to stand in sealed bytes by chance: three letters do, once in fifty photos.
    for (const said of ['JFIF\0\x01', 'Exif\0\0', 'GPS 21.3256']) expect(row.includes(said), said).toBe(false);
    expect(row.indexOf(Buffer.from([0xff, 0xd8, 0xff]))).not.toBe(13);
  }

  await toSync(page);
  await expect(page.locator('[data-fact="photos"]')).toContainText('2 ảnh chờ gửi');
  await page.locator('[data-fact="photos"]').scrollIntoViewIfNeeded();
  await look(page, 'tablet-sync-photos-waiting');

  // The server is back; every second piece is cut on its way.
  const asked = watchUploads(page);
  let pieces = 0;
  let cuts = 0;
  await page.route('**/api/uploads/**', async (route) => {
    if (route.request().method() === 'PUT' && ++pieces % 2 === 0 && cuts < 2) {
      cuts += 1;
      await route.abort('connectionreset');
    } else {
      await route.continue();
    }
  });
  await server.start();
  await syncNow(page);
  await expect.poll(() => cuts, { timeout: 30_000 }).toBe(1);
  expect(await waiting(page)).toBe('0');
  // After a pause it goes on by itself, from where the server is.
  await expect.poll(() => cuts, { timeout: 30_000 }).toBe(2);
  await allSent(page);
  expect(asked.findIndex((what) => what.startsWith('PUT'))).toBeGreaterThan(asked.indexOf('sync'));
  // Each piece that arrived was sent once, but for those that were cut.
  const starts = asked.filter((what) => what.startsWith('PUT'));
  expect(starts.length - new Set(starts).size).toBe(cuts);
  expect(starts.length).toBeGreaterThan(6);
  await expect(page.getByText('Mọi ảnh đã ở trên máy chủ.')).toBeVisible();

  // Its record, and who may see it.
  const [[key]] = disk.photo;
  const seen = await fetchAs(reviewer, key);
  expect(seen.status).toBe(200);
  expect(seen.bytes.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
  expect(seen.bytes.includes('Exif\0\0')).toBe(false);
  expect(seen.bytes.length).toBeLessThanOrEqual(400 * 1024);
  expect((await fetchAs(colleague, key)).status).toBe(200);
  expect((await fetchAs(stranger, key)).status).toBe(404);
  expect((await fetchAs(undefined, key)).status).toBe(401);

  const other = new Device(server.url);
  const desk = new Device(server.url, 'desktop');
  try {
    // A colleague's tablet has the list by sync and the photo on demand; without a network it says so.
    const second = await ready(other, colleague);
    await toFamily(second);
    const theirs = album(second, EVIDENCE);
    await expect(theirs.getByText('Sân nhà sạch')).toBeVisible();
    await expect(theirs.locator('.photo__state').first()).toHaveText('Ảnh từ máy khác');
    await theirs.locator('.photo__open').first().click();
    await expect(second.locator('.gallery__picture')).toBeVisible();
    await second.keyboard.press('Escape');
    await other.context.setOffline(true);
    await theirs.locator('.photo__open').first().click();
    await expect(second.locator('.gallery__missing')).toContainText('Khi có mạng thì mở xem được');

    // The reviewer finds it beside the entry, opens it by keyboard and steps to the next.
    const review = await desk.open();
    await signedIn(review, reviewer);
    const [, subject] = key.split('/');
    await review.goto(`${server.url}/phieu/entry/${subject}/gia-dinh-van-hoa/2022`);
    const shown = review.locator('[data-photos="2"]');
    await expect(shown).toBeVisible();
    await expect.poll(() => shown.locator('img').first().evaluate((image) => image.naturalWidth)).toBeGreaterThan(600);
    await shown.scrollIntoViewIfNeeded();
  await look(review, 'review-entry-photos');
    await shown.getByRole('button', { name: /Sân nhà sạch/ }).press('Enter');
    const full = review.getByRole('dialog', { name: 'Xem ảnh' });
    await expect(full.getByRole('img', { name: 'Sân nhà sạch' })).toBeVisible();
    await look(review, 'review-photo-full');
    await review.keyboard.press('ArrowRight');
    await expect(full.getByText('Ảnh 2 trong 2')).toBeVisible();
    await review.keyboard.press('Escape');
    await expect(full).toBeHidden();
  } finally {
    await other.dispose();
    await desk.dispose();
  }

  // Taken out, it is there again by one touch; taken out for good, nobody sees it.
  await toFamily(page);
  const first = place.locator('.photo', { hasText: 'Sân nhà sạch' });
  await first.locator('.photo__open').click();
  await dialog.getByRole('button', { name: 'Gỡ ảnh' }).click();
  await expect(place.locator('.photo')).toHaveCount(1);
  await place.getByRole('button', { name: 'Hoàn tác' }).click();
  await expect(place.locator('.photo')).toHaveCount(2);
  await first.locator('.photo__open').click();
  await dialog.getByRole('button', { name: 'Gỡ ảnh' }).click();
  await expect(place.locator('.photo')).toHaveCount(1);
  await syncNow(page);
  const gone = disk.photo.map(([key]) => key);
  await expect
    .poll(async () => (await Promise.all(gone.map((key) => fetchAs(reviewer, key)))).map(({ status }) => status).sort())
    .toEqual([200, 404]);
  // Opened anew, the tablet has let go of it too.
  await page.reload();
  await expect(page.locator('.app-header')).toBeVisible();
  await expect.poll(async () => (await photosOnDisk(page)).photo.length).toBe(1);
});

test('entries never wait for photos, and a photo goes on by itself once they have arrived', async () => {
  const page = await ready(tablet, officer);
  await toMinutes(page);
  await choosePhotos(page, MINUTES, await makePhoto(page, { seed: 3 }));
  // The server takes no piece for now.
  let held = true;
  await page.route('**/api/uploads/**', (route) => (held ? route.abort('connectionreset') : route.continue()));
  await synced(page);
  await page.getByLabel('Chủ trì').fill('Lò Văn Hặc');
  await page.getByLabel('Chủ trì').press('Tab');
  await syncNow(page);
  expect(await waiting(page)).toBe('0');
  await album(page, MINUTES).scrollIntoViewIfNeeded();
  await look(page, 'tablet-photos-minutes');
  await toSync(page);
  expect(await photosWaiting(page)).toBe('1');
  held = false;
  await syncNow(page);
  await allSent(page);
});

test('photos wait for Wi-Fi where the browser tells, and for a touch where it does not', async () => {
  await tablet.open('/api/health');
  await tablet.page.addInitScript(() => {
    const network = new EventTarget();
    network.type = sessionStorage.getItem('network') ?? 'cellular';
    if (network.type !== 'silent') Object.defineProperty(navigator, 'connection', { value: network });
    else Object.defineProperty(navigator, 'connection', { value: undefined });
    window.changeNetwork = (type) => {
      network.type = type;
      network.dispatchEvent(new Event('change'));
    };
  });
  const page = tablet.page;
  await page.goto(server.url);
  await signedIn(page, officer);
  await offlineReady(page);
  await toFamily(page);
  await page.route('**/api/uploads/**', (route) => route.abort());
  await choosePhotos(page, EVIDENCE, await makePhoto(page, { seed: 4 }));
  await toSync(page);
  await page.getByLabel('Chỉ gửi ảnh qua Wi-Fi').check();
  await page.unroute('**/api/uploads/**');
  const asked = watchUploads(page);
  await syncNow(page);
  await expect(page.getByText('Đang dùng mạng di động nên ảnh chờ Wi-Fi')).toBeVisible();
  expect(asked.filter((what) => what.startsWith('PUT'))).toEqual([]);
  await page.locator('[data-fact="photos"]').scrollIntoViewIfNeeded();
  await look(page, 'tablet-sync-photos-wifi');
  await page.evaluate(() => window.changeNetwork('wifi'));
  await allSent(page);

  // The setting is remembered; a browser that does not tell says so, and sends when asked.
  await page.evaluate(() => sessionStorage.setItem('network', 'silent'));
  await page.reload();
  await toFamily(page);
  await choosePhotos(page, EVIDENCE, await makePhoto(page, { seed: 5 }));
  await toSync(page);
  await expect(page.getByLabel('Chỉ gửi ảnh qua Wi-Fi')).toBeChecked();
  await syncNow(page);
  await expect(page.getByText('Trình duyệt không cho biết đang dùng mạng nào, nên ảnh chưa tự gửi')).toBeVisible();
  expect(await photosWaiting(page)).toBe('1');
  await page.getByRole('button', { name: 'Gửi ảnh ngay' }).click();
  await allSent(page);
});

test('models are shown with their photos, and an unsent photo is its owner’s alone', async () => {
  const page = await ready(tablet, officer);
  await goTo(page, 'Xã');
  await page.getByRole('link', { name: /Điển hình tiên tiến/ }).click();
  await page.getByRole('button', { name: 'Thêm điển hình' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Tên tập thể, cá nhân hoặc mô hình *').fill('Tổ trồng mận bản Bó');
  await form.getByLabel(/^Câu chuyện/).fill('Cả bản học theo');
  await form.getByRole('button', { name: 'Lưu' }).click();
  await expect(form).toBeHidden();
  await page.route('**/api/uploads/**', (route) => route.abort());
  await choosePhotos(page, 'Ảnh', [await makePhoto(page, { seed: 6 }), await makePhoto(page, { seed: 7 })]);
  await look(page, 'tablet-photos-model');
  await syncNow(page);

  // A colleague takes one out that has not been sent: its owner keeps the picture and decides.
  const other = new Device(server.url);
  try {
    const second = await ready(other, colleague);
    await goTo(second, 'Xã');
    await second.getByRole('link', { name: /Điển hình tiên tiến/ }).click();
    await album(second, 'Ảnh').locator('.photo__open').first().click();
    await second.getByRole('button', { name: 'Gỡ ảnh' }).click();
    await expect(album(second, 'Ảnh').locator('.photo')).toHaveCount(1);
    await syncNow(second);
  } finally {
    await other.dispose();
  }
  await toSync(page);
  await syncNow(page);
  await expect(page.locator('.photo-row', { hasText: 'đã bị gỡ ở máy khác' })).toBeVisible();
  await page.locator('[data-fact="photos"]').scrollIntoViewIfNeeded();
  await look(page, 'tablet-sync-photos-taken-out');
  expect((await photosOnDisk(page)).photo.length).toBe(2);
  await page.unroute('**/api/uploads/**');
  await page.getByRole('button', { name: 'Đưa ảnh lại vào sổ' }).click();
  await expect(page.locator('.photo-row', { hasText: 'đã bị gỡ ở máy khác' })).toHaveCount(0);
  await syncNow(page);
  await allSent(page);

  // Let go of here, they are still at the server, and shown from there.
  await page.getByRole('link', { name: 'Bộ nhớ của máy' }).click();
  await expect(page.locator('[data-fact="sent-photos"]')).toContainText('2 ảnh đã gửi còn giữ bản trên máy');
  await look(page, 'tablet-storage-photos');
  await page.getByRole('button', { name: 'Xóa bản ảnh đã gửi khỏi máy' }).click();
  await expect(page.locator('[data-fact="sent-photos"]')).toHaveCount(0);
  expect((await photosOnDisk(page)).photo.length).toBe(0);
  await goTo(page, 'Xã');
  await page.getByRole('link', { name: /Điển hình tiên tiến/ }).click();
  await album(page, 'Ảnh').locator('.photo__open').first().click();
  await expect(page.locator('.gallery__picture')).toBeVisible();

  const desk = new Device(server.url, 'desktop');
  try {
    const review = await desk.open();
    await signedIn(review, reviewer);
    await review.goto(`${server.url}/so-xa?book=dien-hinh`);
    const line = review.locator('[data-lines] tbody tr', { hasText: 'Tổ trồng mận bản Bó' });
    await expect(line.locator('img')).toHaveCount(2);
    await expect.poll(() => line.locator('img').last().evaluate((image) => image.naturalWidth)).toBeGreaterThan(600);
    await look(review, 'review-models-photos');
  } finally {
    await desk.dispose();
  }
});

test('with no room left a photo is not added, and nothing that was saved is lost', async () => {
  const page = await ready(tablet, officer);
  await toFamily(page);
  const [one, two] = [await makePhoto(page, { seed: 8 }), await makePhoto(page, { seed: 9 })];
  await server.kill();
  await choosePhotos(page, EVIDENCE, one);
  const session = await tablet.context.newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: server.url, quotaSize: 1 });
  // Chromium goes on for up to half a minute with the room it was last told of.
  const said = page.locator('.result-panel .save-note');
  let notes = 0;
  await expect(async () => {
    await page.getByLabel('Ghi chú').fill(`còn chỗ ${++notes}`);
    await page.getByLabel('Ghi chú').press('Tab');
    await expect(said).toHaveText(/^(Đã lưu|Chưa lưu được)/);
    await expect(said).toContainText('bộ nhớ máy đã đầy', { timeout: 500 });
  }).toPass({ timeout: 90_000 });
  const place = album(page, EVIDENCE);
  await place.locator('input[type=file]').nth(1).setInputFiles(two);
  await expect(place.getByRole('alert')).toContainText('bộ nhớ dành cho sổ đã đầy', { timeout: 30_000 });
  await expect(place.locator('.photo')).toHaveCount(1);
  await look(page, 'tablet-photos-no-room');
  await session.send('Storage.overrideQuotaForOrigin', { origin: server.url });
  await expect(place.locator('.photo')).toHaveCount(1);
  await page.reload();
  await expect(place.locator('.photo')).toHaveCount(1);
  await choosePhotos(page, EVIDENCE, two);
});
