// run.mjs PROGRAM - the HTML reports in Debian's Chromium: the samples, and reports that PROGRAM writes of
// answers which no sample has. The last line is "N passed, N failed".
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import checks from "./checks.mjs";

const ROOT = resolve(fileURLToPath(import.meta.url), "../../..");
const SAMPLES = join(ROOT, "reports/samples");
const BROWSER = process.env.CHROMIUM ?? "/usr/bin/chromium";
const HOSTILE = `question,answer,evidence,note
company,"<script>alert(1)</script> ""& ' 智能 😀 مصنع",,
plan_done,fully,"${"<b>long</b>".repeat(5500)}","مصنع ذكي ﷽"
connected,12,"${"unbroken".repeat(7500)}",<img src=x onerror=alert(2)>
`;

function write(program, folder, name, ...words) {
  const path = join(folder, name);

  writeFileSync(path, execFileSync(program, ["score", ...words, "-q", "-f", "html", "-o", "-"], {
    cwd: ROOT, env: { ...process.env, SOURCE_DATE_EPOCH: "1764028800" }, maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "inherit"],
  }));
  return path;
}

function reports(program, folder) {
  const answers = join(folder, "hostile.csv");
  const small = ["-r", join(ROOT, "tests/cli/data/small.ini")];

  writeFileSync(answers, HOSTILE);
  return [
    ...readdirSync(SAMPLES).filter((name) => name.endsWith(".html")).map((name) => join(SAMPLES, name)),
    write(program, folder, "two-languages.html", "tests/cli/data/acme.csv", ...small, "--lang", "en,zh"),
    ...["application", "brief"].map((template) => write(
      program, folder, `${template}.html`, "templates/samples/blanks_ceramics.csv", "--template", template)),
    write(program, folder, "hostile.html", answers, ...small, "--lang", "zh,en"),
  ];
}

async function check(browser, path, name) {
  const contexts = [];
  const open = async ({ width, height, colorScheme = "light" }, before = () => {}) => {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme });
    const page = await context.newPage();

    contexts.push(context);
    before(page);
    await page.goto(pathToFileURL(path).href);
    return page;
  };

  try {
    await checks[name]({ open, path });
    return true;
  } catch (error) {
    console.log(`failed: ${path.replace(`${ROOT}/`, "")}: ${name}\n${error.message}`);
    return false;
  } finally {
    await Promise.all(contexts.map((context) => context.close()));
  }
}

async function main(program) {
  const folder = mkdtempSync(join(tmpdir(), "browser-"));
  const browser = await chromium.launch({
    executablePath: BROWSER, args: ["--no-sandbox", "--disable-background-networking"],
  });
  let passed = 0, failed = 0;

  try {
    for (const path of reports(program, folder))
      for (const name of Object.keys(checks))
        if (await check(browser, path, name)) passed++; else failed++;
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
}

if (process.argv.length !== 3 || !existsSync(BROWSER)) {
  console.error(existsSync(BROWSER) ? "usage: node run.mjs PROGRAM" : `${BROWSER}: no such browser`);
  process.exit(2);
}
process.exit(await main(resolve(process.argv[2])));
