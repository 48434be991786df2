import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { toLanguage } from "~/i18n/languages";
import { toTheme } from "~/ui/theme";
import { ownPath } from "./own-path";

const YEAR_SECONDS = 31_536_000;

/** Nothing to see here: the forms that post to it stand on other pages. */
export const loader = () => redirect("/");

/** Keeps the language and the theme in this browser and goes back to the page that asked. Works without scripts. */
export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData();
  const headers = new Headers();
  const secure = new URL(request.url).protocol === "https:";
  const language = toLanguage(form.get("language"));
  if (language) headers.append("Set-Cookie", preferenceCookie("lang", language, secure));
  if (form.has("theme")) headers.append("Set-Cookie", preferenceCookie("theme", toTheme(form.get("theme")), secure));
  return redirect(ownPath(form.get("redirectTo")), { headers });
}

const preferenceCookie = (name: string, value: string, secure: boolean) =>
  `${name}=${value}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax; HttpOnly${secure ? "; Secure" : ""}`;
