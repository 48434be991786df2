import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { Bell, CheckCheck } from "lucide-react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { requireMember, requireMemberPage } from "~/modules/accounts/index.server";
import { useNoticeNews } from "~/modules/realtime/ui/notices/use-notice-news";
import { SignedInFrame } from "~/modules/realtime/ui/signed-in-frame";
import { listNotices, readNotices } from "~/modules/tickets/index.server";
import { formOf, requireIntent } from "~/platform/form-of.server";
import { Button, buttonClass } from "~/ui/button";
import { PageHeader } from "~/ui/page-header";
import { EmptyState } from "~/ui/state/empty-state";
import { RouteError } from "~/ui/state/route-error";
import { useReload } from "~/ui/state/use-reload";
import { NoticeRows } from "./notice-rows";

const PAGE = 50;

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership, frame } = await requireMemberPage(request);
  const { orgId } = membership;
  const cursor = new URL(request.url).searchParams.get("cursor");
  const [page, t] = await Promise.all([listNotices(actor, orgId, { cursor, limit: PAGE }), translator(request)]);
  return { title: t("notices.title"), frame, orgId, ...page };
}

/** All that there was to know has been read. */
export async function action({ request }: ActionFunctionArgs) {
  const { actor, membership } = await requireMember(request);
  requireIntent(await formOf(request), "all");
  await readNotices(actor, membership.orgId);
  return redirect("/notices");
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

/** What a member is to know of tickets, the newest first. */
export default function NoticesPage() {
  const { frame, orgId, ...page } = useLoaderData<typeof loader>();
  return (
    <SignedInFrame {...frame} current="notices">
      <Notices orgId={orgId} {...page} />
    </SignedInFrame>
  );
}

type NoticesProps = Pick<
  ReturnType<typeof useLoaderData<typeof loader>>,
  "title" | "notices" | "unread" | "nextCursor" | "orgId"
>;

function Notices({ title, notices, unread, nextCursor, orgId }: NoticesProps) {
  const { t } = useTranslation();
  useNoticeNews(orgId, useReload());
  return (
    <>
      <PageHeader
        title={title}
        actions={
          unread > 0 && (
            <Form method="post">
              <Button
                type="submit"
                name="intent"
                value="all"
                size="sm"
                icon={<CheckCheck aria-hidden className="size-4" />}
              >
                {t("notices.readAll")}
              </Button>
            </Form>
          )
        }
      />
      <div className="min-h-0 flex-1 overflow-y-auto">
        {notices.length > 0 ? (
          <NoticeRows notices={notices} />
        ) : (
          <EmptyState icon={<Bell />} title={t("notices.empty")} text={t("notices.emptyHint")} />
        )}
        {nextCursor && (
          <p className="p-4 text-center">
            <Link to={`?${new URLSearchParams({ cursor: nextCursor })}`} className={buttonClass("quiet")}>
              {t("notices.more")}
            </Link>
          </p>
        )}
      </div>
    </>
  );
}

export function ErrorBoundary() {
  return <RouteError page />;
}
