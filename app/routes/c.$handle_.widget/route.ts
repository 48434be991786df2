import type { LoaderFunctionArgs } from "@remix-run/node";
import { translatorFor } from "~/i18n/i18n.server";
import { toLanguage } from "~/i18n/languages";
import { getPublicOrganisation } from "~/modules/tickets/index.server";

/**
 * What the widget's button on another site looks like and says: what the public chat tells everybody anyway. Scripts read it
 * on the sites that the organisation named, and on no other.
 */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { name, colour, locale, widgetSites } = await getPublicOrganisation(params.handle ?? "");
  const t = translatorFor(toLanguage(locale) ?? "es");
  const said = { open: t("publicChat.widget.open", { name }), close: t("publicChat.widget.close") };
  const origin = request.headers.get("origin") ?? "";
  const headers = new Headers({ "cache-control": "public, max-age=300", vary: "origin" });
  if (widgetSites.includes(origin)) headers.set("access-control-allow-origin", origin);
  return Response.json({ name, colour, ...said }, { headers });
}
