// The browser under SIGKILL, again and again, while it saves and while it syncs: whatever was shown as
// saved is there afterwards, and stands on the server once. BROWSER_KILLS=200 kills more often,
// BROWSER_SEED repeats the moments as far as processes can be repeated.
import { expect, test } from '@playwright/test';
import { Device, offlineReady, signedIn, syncNow, synced, waiting } from '../../support/browser.mjs';
import { killBrowser } from '../../support/kill.mjs';
import { luck, seedFrom } from '../../support/luck.mjs';
import { Server } from '../../support/server.mjs';
import { log, rows, valuesOf } from '../../support/stored.mjs';
import { register } from '../../support/roster.mjs';

const COMMUNE = '03751';
const KILLS = Number(process.env.BROWSER_KILLS ?? 6);
const NOTE = 'note';
const INVITED = 'meeting.invited';
const ASSESSED = 'gia-dinh-van-hoa/2022';

// Hundreds of starts: a recording of them all would be what takes the time.
test.use({ trace: 'off' });
test.describe.configure({ timeout: 120_000 + KILLS * 60_000 });

const MODES = [
  // Nothing answers: every transaction is a save.
  { when: 'while it saves', syncs: false },
  // The server answers: saves and answers are written in turn.
  { when: 'while it syncs', syncs: true },
];
for (const { when, syncs } of MODES) {
  test(`killed ${when}, a browser keeps what it showed as saved`, async () => {
    const run = await Run.begin(syncs);
    try {
      for (let kill = 1; kill <= KILLS; kill += 1) await run.oneKill(kill);
      await run.end();
    } finally {
      await run.dispose();
    }
  });
}

class Run {
  static async begin(syncs) {
    const run = new Run();
    run.syncs = syncs;
    run.luck = luck(seedFrom('BROWSER_SEED'));
    run.begun = Date.now();
    run.shown = new Map(); // By entry: what was entered when "saved" was shown, oldest first.
    run.inSync = 0;
    run.losses = 0;
    run.settled = new Map(); // The same, of families that the browser has lost since.
    run.server = await Server.create();
    await run.server.start();
    run.officer = run.server.account('can-bo-xa', 'commune-officer', COMMUNE);
    run.reviewer = run.server.account('so-noi-vu', 'province-reviewer', '14');
    run.server.roster(COMMUNE, register(KILLS));
    run.device = new Device(run.server.url);
    const page = await run.device.open();
    await signedIn(page, run.officer);
    await offlineReady(page);
    await synced(page);
    const families = async () => (await rows(page, run.officer, 'record')).filter(([key]) => key.startsWith('family/'));
    await expect.poll(async () => (await families()).length, { timeout: 60_000 }).toBe(KILLS);
    run.families = (await families()).map(([key]) => key.slice('family/'.length));
    // Closed in good order once: Chromium writes localStorage, which holds the session, in its own time.
    await run.device.close();
    if (!syncs) await run.server.kill();
    return run;
  }

  async oneKill(kill) {
    const family = this.families[kill - 1];
    const page = await this.device.open(`/ho/${family}`);
    const seen = [];
    const asking = new Set();
    const isSync = (request) => request.url().endsWith('/api/sync');
    await page.exposeFunction('seenAsSaved', (entered) => seen.push(entered));
    page.on('request', (request) => isSync(request) && asking.add(request));
    for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => asking.delete(request));
    const lost = page.locator('[data-notice="loss"]');
    await expect(page.getByLabel('Ghi chú').or(lost).first()).toBeVisible({ timeout: 30_000 });
    if (await lost.isVisible()) await this.recover(page, lost, family);
    else await this.allThere(page);

    const working = page.evaluate(enter, kill).catch((error) => error);
    await expect.poll(() => seen.length, { intervals: [5], timeout: 30_000 }).toBeGreaterThan(0);
    if (this.syncs) {
      const asked = page.waitForRequest(isSync, { timeout: 30_000 });
      // The app waits a little after a save before it syncs; the connection's return makes it sync now.
      await page.evaluate(() => void window.dispatchEvent(new Event('online')));
      await asked;
    }
    // Not a wait for something: the moment that nobody has chosen.
    await new Promise((resolve) => setTimeout(resolve, this.luck.below(this.syncs ? 25 : 250)));
    this.inSync += asking.size > 0 ? 1 : 0;
    await killBrowser(this.device);
    expect(String(await working), 'the work went on until the kill').toMatch(/closed|crashed|destroyed/i);
    this.shown.set(family, { kill, seen });
  }

  // Chromium threw its databases away (app/src/store/spare.rs says why). What no server held is there again
  // already; the rest, the families among it, comes back with a connection. From here on the log on the tablet
  // begins anew, so what was shown until now is looked for on the server.
  async recover(page, lost, family) {
    this.losses += 1;
    await expect(lost).not.toContainText('không còn trên máy');
    if (!this.syncs) await this.server.start();
    await syncNow(page);
    await this.onServer();
    for (const [family, shown] of this.shown) this.settled.set(family, shown);
    this.shown.clear();
    await lost.getByRole('button', { name: 'Tôi đã biết' }).click();
    if (!this.syncs) await this.server.kill();
    await page.goto(`${this.server.url}/ho/${family}`);
    await expect(page.getByLabel('Ghi chú')).toBeVisible({ timeout: 30_000 });
  }

  // Everything that was shown as saved stands on the server, once and in order; what it has of a family.
  async onServer() {
    const held = new Map();
    for (const [family, { kill, seen }] of [...this.settled, ...this.shown]) {
      const record = `entry/${family}/${ASSESSED}`;
      const { history } = await this.server.entry(this.reviewer, record);
      const edits = history.map(({ edit }) => edit).reverse();
      for (const [field, at] of [[NOTE, 0], [INVITED, 1]]) {
        const values = valuesOf(edits, record, field);
        expect(values, `kill ${kill}`).toEqual(values.map((_, place) => entry(kill, place + 1)[at]));
        expect(values.length, `kill ${kill}`).toBeGreaterThanOrEqual(seen.length);
      }
      held.set(record, edits);
    }
    return held;
  }

  // Everything that was shown as saved is in the log of edits, once and in order, and what the record
  // says is the last of it.
  async allThere(page) {
    const edits = await log(page, this.officer);
    const records = new Map(await rows(page, this.officer, 'record'));
    const byRecord = new Map();
    for (const edit of edits) byRecord.set(edit.record, [...(byRecord.get(edit.record) ?? []), edit]);
    // Told all at once: hundreds of comparisons after each of hundreds of kills.
    const wrong = [];
    for (const [family, { kill, seen }] of this.shown) {
      const record = `entry/${family}/${ASSESSED}`;
      const own = byRecord.get(record) ?? [];
      for (const [field, at] of [[NOTE, 0], [INVITED, 1]]) {
        const stored = valuesOf(own, record, field);
        // What was under way at the kill, and what was shown and went unheard, may be there as well.
        const whole = stored.every((value, place) => value === entry(kill, place + 1)[at]);
        const last = records.get(record)?.fields[field]?.[0][0];
        if (!whole || stored.length < seen.length || last !== stored.at(-1)) {
          wrong.push({ kill, field, shown: seen.map((entered) => entered[at]), stored, last });
        }
      }
    }
    expect(wrong).toEqual([]);
    return edits;
  }

  async end() {
    if (!this.syncs) await this.server.start();
    const page = await this.device.open();
    await synced(page);
    const edits = await this.allThere(page);
    const held = await this.onServer();
    for (const [family] of this.shown) {
      const record = `entry/${family}/${ASSESSED}`;
      for (const field of [NOTE, INVITED]) {
        expect(valuesOf(held.get(record), record, field)).toEqual(valuesOf(edits, record, field));
      }
    }
    const all = [...this.settled.values(), ...this.shown.values()];
    const saved = all.reduce((sum, { seen }) => sum + seen.length * 2, 0);
    expect(await waiting(page)).toBe('0');
    expect(this.server.cli(['recount'])).not.toContain('≠');
    console.log(
      `browser killed ${this.syncs ? 'while it syncs' : 'while it saves'}: kills=${KILLS} of which in a request=${this.inSync} ` +
        `databases thrown away by the browser=${this.losses} ` +
        `saves shown=${saved} lost=0 doubled=0 seconds=${Math.round((Date.now() - this.begun) / 1000)}`,
    );
  }

  async dispose() {
    await this.device?.dispose();
    await this.server?.dispose();
  }
}

// What is entered in the number-th save before a kill: a note and a number.
const entry = (kill, number) => [`lần ${kill}.${number}`, number];

// Runs in the page: enters a note and a number, both at once, as often as it can, and tells what had
// been entered whenever "saved" is shown.
async function enter(kill) {
  const field = (label) => [...document.querySelectorAll('label')].find((one) => one.textContent.trim().startsWith(label)).control;
  const state = document.querySelector('.result-panel .save-note');
  const says = (words) =>
    new Promise((resolve) => {
      const look = () => state.textContent.includes(words) && (watch.disconnect(), resolve());
      const watch = new MutationObserver(look);
      watch.observe(state, { childList: true, characterData: true, subtree: true });
      look();
    });
  const set = (input, value) => {
    input.value = value;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    input.dispatchEvent(new Event('change', { bubbles: true }));
  };
  // The server shows so much of an entry's history and no more.
  for (let number = 1; number <= 100; number += 1) {
    const entered = [`lần ${kill}.${number}`, number];
    set(field('Ghi chú'), entered[0]);
    set(field('Số hộ được mời'), String(entered[1]));
    await says('Đang lưu');
    await says('Đã lưu');
    window.seenAsSaved(entered);
  }
  await new Promise(() => {});
}
