/** Takes the picture of the inbox in README.md from the demo: `npm run screenshot`, on an existing build. */
import { mkdirSync, statSync } from "node:fs";
import { launchBrowser } from "./chromium";
import { startProduct } from "./product";

const FILE = "docs/inbox.png";

const product = await startProduct();
const browser = await launchBrowser();
try {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: "es-AR",
    timezoneId: "America/Argentina/Buenos_Aires",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  await page.goto(`${product.url}/login?next=/settings`);
  await page.getByLabel("Correo").fill("admin@demo.test");
  await page.getByLabel("Contraseña", { exact: true }).fill("guazu-demo-2026");
  await page.getByRole("button", { name: "Ingresar" }).click();
  // With a password of its own the account has no warning on its pages.
  await page.getByLabel("Contraseña actual").fill("guazu-demo-2026");
  await page.getByLabel("Contraseña nueva").fill("una foto para el escaparate");
  await page.getByRole("button", { name: "Cambiar la contraseña" }).click();
  await page.getByText("Contraseña cambiada.").waitFor();
  await page.goto(`${product.url}/inbox?view=all`);
  await page.getByRole("region", { name: "Tickets" }).getByRole("link").filter({ hasText: "Lucía Romero" }).click();
  await page.getByRole("log").getByText("¿la puedo retirar mañana?").waitFor();
  await page.waitForLoadState("networkidle");
  mkdirSync("docs", { recursive: true });
  await page.screenshot({ path: FILE });
  console.log(`${FILE}: ${Math.round(statSync(FILE).size / 1024)} KB`);
} finally {
  await browser.close();
  await product.dispose();
}
