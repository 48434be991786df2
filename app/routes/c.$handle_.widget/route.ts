import type { LoaderFunctionArgs } from "@remix-run/node";
import { translatorFor } from "~/i18n/i18n.server";
import { toLanguage } from "~/i18n/languages";
import { getPublicOrganisation } from "~/modules/tickets/index.server";

/** What the widget's button on another site looks like and says: what the public chat tells everybody anyway. */
export async function loader({ params }: LoaderFunctionArgs) {
  const { name, colour, locale } = await getPublicOrganisation(params.handle ?? "");
  const t = translatorFor(toLanguage(locale) ?? "es");
  const said = { open: t("publicChat.widget.open", { name }), close: t("publicChat.widget.close") };
  return Response.json(
    { name, colour, ...said },
    {
      headers: {
        "access-control-allow-origin": "*",
        "cross-origin-resource-policy": "cross-origin",
        "cache-control": "public, max-age=300",
      },
    },
  );
}
