// Drives the real release server in the system's Chromium. script/e2e builds both and sets the
// environment; each test's fixture starts a server process of its own.
import { defineConfig } from '@playwright/test';

// Shared with the tests that start browsers of their own (support/browser.mjs).
export const LAUNCH = {
  // Playwright's own browser download is not used: the distribution's Chromium gets security updates.
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

export default defineConfig({
  testDir: './tests',
  outputDir: './test-results',
  workers: 2,
  // At home a test that passes only at the second try is a failing test. CI shares its machine with strangers:
  // there it has a second try, and script/test names it among the last lines.
  retries: process.env.CI ? 1 : 0,
  // Tests of how long something takes are tagged, and run one by one after all others. Not when only some are
  // asked for: a filter does not reach the projects another depends on, they would all run.
  projects: [
    { name: 'behaviour', grepInvert: /@measured/ },
    { name: 'measured', grep: /@measured/, dependencies: process.env.E2E_ALL ? ['behaviour'] : [], workers: 1 },
  ],
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: process.env.E2E_REPORT ?? './test-results/report.json' }]],
  use: {
    actionTimeout: 10_000,
    browserName: 'chromium',
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: LAUNCH,
  },
});
