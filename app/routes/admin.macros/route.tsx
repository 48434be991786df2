import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { requireAdmin } from "~/modules/accounts/index.server";
import { Section } from "~/modules/accounts/ui/section";
import { getMacroDesk } from "~/modules/desk/index.server";
import { MacroLists } from "~/modules/desk/ui/macros/macro-lists";
import { RouteError } from "~/ui/state/route-error";

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const { orgId } = membership;
  const [desk, t] = await Promise.all([getMacroDesk(actor, orgId), translator(request)]);
  return { title: t("macros.title"), orgId, desk };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

/** The macros of everybody. */
export default function AdminMacros() {
  const { title, orgId, desk } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Section title={title} lead={t("macros.lead")}>
      <div className="-mt-6">
        <MacroLists orgId={orgId} desk={desk} scopes={["organisation"]} makes={["organisation"]} />
      </div>
    </Section>
  );
}

export function ErrorBoundary() {
  return <RouteError />;
}
