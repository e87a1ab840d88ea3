// Debian's browser, driven without a download of its own.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const places = [process.env.KARST_CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export const launch = () => chromium.launch({
  executablePath: places.find(path => path && existsSync(path)),
  args: ["--no-sandbox", "--hide-scrollbars"],
});
