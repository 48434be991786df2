import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { Star } from "lucide-react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { requireActor } from "~/modules/accounts/index.server";
import { FoundMessages } from "~/modules/messaging/ui/found-messages";
import { listStarred, placeMessages } from "~/modules/tickets/index.server";
import { buttonClass } from "~/ui/button";
import { PageHeader } from "~/ui/page-header";
import { EmptyState } from "~/ui/state/empty-state";

const PAGE = 50;

export async function loader({ request }: LoaderFunctionArgs) {
  const actor = await requireActor(request);
  const cursor = new URL(request.url).searchParams.get("cursor");
  const { messages, nextCursor } = await listStarred(actor, { cursor, limit: PAGE });
  const t = await translator(request);
  return { title: t("marks.starred.title"), found: await placeMessages(actor, messages), next: nextCursor };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

/** What the account has starred, in whatever conversation. */
export default function StarredMessages() {
  const { title, found, next } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={title} back={{ to: "/chats", when: "phone" }} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        {found.length > 0 ? (
          <FoundMessages found={found} />
        ) : (
          <EmptyState icon={<Star />} title={t("marks.starred.empty")} text={t("marks.starred.emptyHint")} />
        )}
        {next && (
          <p className="p-4 text-center">
            <Link to={`?${new URLSearchParams({ cursor: next })}`} className={buttonClass("quiet")}>
              {t("marks.starred.more")}
            </Link>
          </p>
        )}
      </div>
    </>
  );
}
