// usage: node picture.mjs FOLDER OUT.png
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "./browser.mjs";

const [folder, out] = process.argv.slice(2);
const browser = await launch();
const page = await browser.newPage({ viewport: { width: 1280, height: 1000 }, colorScheme: "light" });
await page.goto(pathToFileURL(join(folder, "rules/splunk/aws-ecr-container-scanning-findings-low-informational-unknown/index.html")).href);
// From the searched text on: what a page of this catalogue has and a list of rules has not.
await page.evaluate(() => document.getElementById("stages").scrollIntoView({ behavior: "instant" }));
await page.screenshot({ path: out });
await browser.close();
