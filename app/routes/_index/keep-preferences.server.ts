import { redirect } from "@remix-run/node";
import { languageOf } from "~/i18n/i18n.server";
import { toLanguage } from "~/i18n/languages";
import { formOf } from "~/platform/form-of.server";
import { toTheme } from "~/ui/theme";
import { ownPath } from "./own-path";

const YEAR_SECONDS = 31_536_000;

/** Keeps the language and the theme in this browser and goes back to the page that asked. Works without scripts. */
export async function keepPreferences(request: Request) {
  const form = await formOf(request);
  const headers = new Headers();
  const secure = new URL(request.url).protocol === "https:";
  const language = toLanguage(form.get("language"));
  // The form sends both: who chose a theme has not chosen the language that was there already.
  if (language && language !== (await languageOf(request)))
    headers.append("Set-Cookie", preferenceCookie("lang", language, secure));
  if (form.has("theme")) headers.append("Set-Cookie", preferenceCookie("theme", toTheme(form.get("theme")), secure));
  return redirect(ownPath(form.get("redirectTo")), { headers });
}

const preferenceCookie = (name: string, value: string, secure: boolean) =>
  `${name}=${value}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax; HttpOnly${secure ? "; Secure" : ""}`;
