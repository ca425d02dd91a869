// The machine's Firefox, steered by the protocol that it speaks itself (WebDriver BiDi), so without geckodriver.

import puppeteer from "puppeteer-core";
import { findProgram } from "./program-path.mjs";

const NAMES = ["firefox-esr", "firefox"];
const PLACES = ["/Applications/Firefox.app/Contents/MacOS/firefox", "C:\\Program Files\\Mozilla Firefox\\firefox.exe"];

/** Starts a headless Firefox; undefined where there is none. */
export async function launchFirefox() {
  const executablePath = process.env.FIREFOX_PATH || findProgram(NAMES, PLACES);
  return executablePath && puppeteer.launch({ browser: "firefox", executablePath, headless: true });
}
