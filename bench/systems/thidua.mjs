// This app: its release build in Chromium against its release server. The tablet's store is filled from
// outside with what the app's own rules plan (domain/examples/bench_entries.rs), because five thousand
// forms cannot be filled in by hand; what is measured, the sync, is the app's own from end to end.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { Server } from '../../e2e/support/server.mjs';
import { read, write } from './sealed-store.mjs';

const ROOT = new URL('../..', import.meta.url).pathname;
const PLANNER = process.env.THIDUA_PLANNER ?? join(ROOT, 'target/release/examples/bench_entries');
const COMMUNE = '03751';
const PER_AREA = 110;
const LAUNCH = {
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
};

export async function start({ families, author }) {
  const server = await Server.create();
  const account = server.account(author, 'commune-officer', COMMUNE);
  const other = server.account(`${author}-2`, 'commune-officer', COMMUNE);
  server.roster(COMMUNE, Array.from({ length: families }, (_, index) => ({
    area: `Bản ${Math.floor(index / PER_AREA) + 1}`, head: `Chủ hộ ${index + 1}`, house: (index % PER_AREA) + 1,
  })));
  await server.start();
  const browser = await chromium.launch(LAUNCH);
  const accounts = [account, other];
  return {
    port: server.port,
    tablet: async (url) => openTablet(browser, url, accounts.shift(), families),
    count: () => undefined,
    stop: async () => {
      await browser.close();
      await server.dispose();
    },
  };
}

async function openTablet(browser, url, account, families) {
  const context = await browser.newContext({ locale: 'vi-VN', viewport: { width: 800, height: 1280 } });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  await page.goto(url);
  await page.getByLabel('Tài khoản').fill(account.name);
  await page.getByLabel('Mật khẩu', { exact: true }).fill(account.password);
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  // No PIN: what seals the store is then with the browser, where the bench finds it.
  await page.getByRole('button', { name: 'Để sau' }).click();
  await page.locator('.sync-strip').waitFor({ state: 'attached' });
  const stored = () => read(page, account.name);
  // The roster is on the tablet before anything is entered.
  for (;;) {
    if ((await stored()).families.filter(Boolean).length >= families) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  // The app is whole on the tablet, or its files would be counted with the sync.
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await settled(page);
  return {
    write: async (entries) => {
      // From house to house, as an officer goes.
      const { replica, families: order } = await stored();
      const rows = entries.map(({ index, at, values }) => ({
        record: `entry/${order[index].slice('family/'.length)}/gia-dinh-van-hoa/2022`, at, values,
      }));
      const input = `{"replica":${replica},"commune":"${COMMUNE}","entries":${JSON.stringify(rows)}}`;
      const planned = spawnSync(PLANNER, { input, encoding: 'utf8', maxBuffer: 1 << 30 });
      if (planned.status !== 0) throw new Error(`planning entries: ${planned.stderr}`);
      await write(page, account.name, JSON.parse(planned.stdout));
    },
    sync: async () => {
      const wanted = await page.evaluate(() => {
        const { syncs, running } = document.querySelector('.sync-strip').dataset;
        window.dispatchEvent(new Event('online'));
        return Number(syncs) + (running === 'true' ? 2 : 1);
      });
      // Watched from inside one call: the page's policy forbids what Playwright would do at each look.
      await page.evaluate(async (count) => {
        while (Number(document.querySelector('.sync-strip').dataset.syncs) < count) {
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
      }, wanted);
    },
    count: async () => (await stored()).entries,
    waiting: async () => {
      const replica = JSON.parse((await stored()).replica);
      return replica.last_seq - replica.held;
    },
    close: () => context.close(),
  };
}

// Until the sync after signing in has come to its end.
const settled = (page) =>
  page.evaluate(async () => {
    const { dataset } = document.querySelector('.sync-strip');
    while (Number(dataset.syncs) < 1 || dataset.running === 'true') {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  });
