import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { findProfile, requireMember } from "~/modules/accounts/index.server";
import { getMacroDesk } from "~/modules/desk/index.server";
import { MacroLists } from "~/modules/desk/ui/macros/macro-lists";
import { SignedInFrame } from "~/modules/realtime/ui/signed-in-frame";
import { unauthorized } from "~/platform/errors";
import { PageHeader } from "~/ui/page-header";
import { RouteError } from "~/ui/state/route-error";

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireMember(request);
  const { orgId } = membership;
  const [profile, desk, t] = await Promise.all([findProfile(request), getMacroDesk(actor, orgId), translator(request)]);
  if (!profile) throw unauthorized();
  return { title: t("macros.title"), profile, orgId, desk };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

/** A member's own macros, and those of everybody to look at. */
export default function Macros() {
  const { title, profile, orgId, desk } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <SignedInFrame profile={profile} orgId={orgId} current="inbox">
      <PageHeader title={title} back={{ to: "/inbox" }} />
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-8">
        <div className="mx-auto max-w-3xl">
          <p className="text-pretty pt-4 text-ink-soft">{t("macros.lead")}</p>
          <MacroLists orgId={orgId} desk={desk} scopes={["member", "organisation"]} makes={["member"]} />
        </div>
      </div>
    </SignedInFrame>
  );
}

export function ErrorBoundary() {
  return <RouteError />;
}
