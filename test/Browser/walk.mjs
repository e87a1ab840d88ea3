// Walks through a catalogue as a reader would: from a folder and from a server, by pointer and by keys alone, light and dark, on a desk and on a
// phone, with and without the script. Nothing may be said on the console, and axe may find nothing.
// usage: node walk.mjs FOLDER KARST
import { readFileSync, readdirSync, statSync, mkdtempSync, writeFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import assert from "node:assert/strict";
import { launch } from "./browser.mjs";

const [folder, karst] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const wide = { width: 1440, height: 900 };
const phone = { width: 360, height: 740 };
const at = path => pathToFileURL(join(folder, path)).href;

// The first page below each kind, the largest one too: what is long breaks first.
const pages = [];
const walk = path => {
  for (const name of readdirSync(path).sort()) {
    const child = join(path, name);
    if (statSync(child).isDirectory()) walk(child);
    else if (name === "index.html") pages.push({ path: relative(folder, child), size: statSync(child).size });
  }
};
walk(folder);
const ofKind = kind => pages.filter(({ path }) => path.startsWith(kind + "/") && path.split("/").length > (kind === "rules" ? 3 : 2));
const kinds = [...new Set(pages.map(({ path }) => path.split("/")[0]))].filter(kind => kind !== "index.html");
const samples = [...new Set(["index.html", ...kinds.flatMap(kind => {
  const list = ofKind(kind);
  const index = `${kind}/index.html`;
  const largest = [...list].sort((left, right) => right.size - left.size)[0];
  return [pages.some(({ path }) => path === index) ? index : null, list[0]?.path, largest?.path];
}).filter(Boolean)])];

const browser = await launch();
let passed = 0;
const failures = [];

async function step(name, options, walkIt) {
  const context = await browser.newContext({ viewport: wide, ...options });
  const page = await context.newPage();
  const said = [];
  page.on("console", message => said.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", error => said.push(`error: ${error.message}`));
  // A page that is left before its icon has come is no fault of the page.
  page.on("requestfailed", request => request.failure()?.errorText === "net::ERR_ABORTED" || said.push(`failed: ${request.url()}`));
  try {
    await walkIt(page);
    assert.deepEqual(said, [], "the console is quiet");
    passed++;
    console.log(`ok       ${name}`);
  } catch (failure) {
    failures.push(name);
    console.log(`FAILED   ${name}: ${failure.message}\n         ${page.url()}`);
  } finally {
    await context.close();
  }
}

async function check(page) {
  // The policy of the pages lets no script in but their own; the tool is put in from outside.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"], preload: false }));
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(" | ")}`), [], "axe finds nothing");
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(over <= 0, `the page is ${over} px wider than the window`);
}

for (const [size, viewport] of [["desk", wide], ["phone", phone]])
  for (const colorScheme of ["light", "dark"])
    await step(`${samples.length} pages, ${size}, ${colorScheme}`, { viewport, colorScheme }, async page => {
      for (const path of samples) {
        await page.goto(at(path));
        await check(page);
      }
    });

const firstRule = ofKind("rules")[0].path;

await step("search, facet, rule, event, field and back", {}, async page => {
  await page.goto(at("index.html"));
  const requests = [];
  page.on("request", request => requests.push(request.url()));
  assert.ok(!requests.some(url => url.includes("search-index")), "the index is not loaded before it is used");
  await page.fill("#q", "cloudtrail");
  await page.waitForSelector("#results .list a");
  assert.ok(requests.some(url => url.includes("search-index")));
  const all = await page.locator("#results h2").textContent();
  await page.locator("a[data-facet=status]").first().click();
  await page.waitForSelector(".chips button");
  await check(page);
  assert.match(page.url(), /#q=cloudtrail&status=/);
  const narrowed = await page.locator("#results h2").textContent();
  assert.ok(parseInt(narrowed.replaceAll(",", "")) <= parseInt(all.replaceAll(",", "")), `${narrowed} of ${all}`);
  const found = page.url();
  await page.locator("#results .list a[href*='rules/']").first().click();
  await page.waitForSelector("#indicators");
  await page.locator("#events td a[href*='events/']").first().click();
  await page.waitForSelector("h1");
  assert.match(page.url(), /\/events\//);
  await page.goBack();
  await page.locator("#indicators th a").first().click();
  assert.match(page.url(), /\/fields\//);
  await page.goBack();
  await page.goBack();
  await page.waitForSelector("#results .list a");
  assert.equal(page.url(), found);
  assert.equal(await page.inputValue("#q"), "cloudtrail");
  await page.locator(".chips button").first().click();
  await page.waitForFunction(() => !location.hash.includes("status"));
});

await step("search on a page", {}, async page => {
  await page.goto(at(firstRule));
  await page.keyboard.press("/");
  await page.keyboard.type("T10");
  await page.waitForSelector("#results .list a");
  await check(page);
  const taken = await page.evaluate(async () => {
    const input = document.getElementById("q");
    const list = document.getElementById("results");
    const started = performance.now();
    const changed = new Promise(resolve => new MutationObserver(() => resolve(performance.now() - started)).observe(list, { childList: true }));
    input.value = "cloudtrail";
    input.dispatchEvent(new Event("input"));
    return await changed;
  });
  console.log(`         results ${taken.toFixed(1)} ms after a keystroke`);
  await page.keyboard.press("Escape");
  assert.ok(await page.locator("#results").isHidden());
});

await step("keys alone", {}, async page => {
  await page.goto(at("index.html"));
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to the content");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  await page.keyboard.press("?");
  assert.ok(await page.locator("#keys").isVisible());
  await check(page);
  await page.keyboard.press("Escape");
  assert.ok(await page.locator("#keys").isHidden());
  await page.keyboard.press("/");
  await page.keyboard.type("aws");
  await page.waitForSelector("#results .list a");
  await page.keyboard.press("ArrowDown");
  const first = await page.evaluate(() => document.activeElement.href);
  await page.keyboard.press("j");
  const second = await page.evaluate(() => document.activeElement.href);
  assert.notEqual(first, second);
  await page.keyboard.press("k");
  assert.equal(await page.evaluate(() => document.activeElement.href), first);
  await page.keyboard.press("Enter");
  await page.waitForURL(first);
});

await step("dark and light, remembered", { colorScheme: "light" }, async page => {
  const colour = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.goto(at("index.html"));
  const light = await colour();
  await page.click("#theme");
  const dark = await colour();
  assert.notEqual(light, dark);
  await page.goto(at(firstRule));
  assert.equal(await colour(), dark);
});

await step("copying gives the file as it was", { permissions: ["clipboard-read", "clipboard-write"] }, async page => {
  await page.goto(at(firstRule));
  await page.locator(".macro summary").first().click({ timeout: 1000 }).catch(() => { /* a rule without macros */ });
  await page.locator(".copy").first().click();
  await page.waitForFunction(() => document.querySelector(".copy").textContent === "Copied");
  const text = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(text, /^name: /);
  assert.ok(!/^\d+\s/m.test(text.split("\n")[1]), "no line numbers");
});

await step("without the script", { javaScriptEnabled: false }, async page => {
  await page.goto(at("index.html"));
  assert.ok(await page.locator("#q").isHidden());
  await page.locator("a[data-facet=tactic]").first().click();
  assert.match(page.url(), /\/tactics\//);
  await page.locator(".list a").first().click();
  assert.match(page.url(), /\/rules\//);
  assert.ok(await page.locator("#stages").isVisible());
  const macro = page.locator(".macro").first();
  if (await macro.count()) {
    await macro.locator("summary").first().click();
    assert.ok(await macro.locator(".expansion").first().isVisible());
  }
});

// The same from a server, whose headers bind the browser as well.
const rules = mkdtempSync(join(tmpdir(), "karst-walk-"));
writeFileSync(join(rules, "rule.yml"), "name: Walked\nid: 11111111-2222-4333-8444-555555555555\nversion: 1\nstatus: production\ntype: Hunting\ndescription: plain\nsearch: sourcetype=aws:cloudtrail | where (x\nmitre_attack_id: [T1098]\n");
const server = spawn(karst, ["catalog", "serve", rules, "--urls", "http://127.0.0.1:0"], { stdio: ["ignore", "pipe", "ignore"] });
const root = await new Promise((resolve, reject) => {
  server.stdout.on("data", data => resolve(/http:\S+/.exec(data)[0]));
  server.on("exit", code => reject(new Error(`the server ended with ${code}`)));
});
await step("from a server, a rule that does not parse", {}, async page => {
  await page.goto(root);
  await page.fill("#q", "walked");
  await page.locator("#results .list a").first().click();
  await page.waitForSelector(".diagnostic");
  await check(page);
});
server.removeAllListeners("exit");
server.kill("SIGTERM");
rmSync(rules, { recursive: true });

await browser.close();
console.log(`${passed} passed, ${failures.length} failed, 0 skipped`);
process.exitCode = failures.length > 0 ? 1 : 0;
