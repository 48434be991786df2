import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { UsersRound } from "lucide-react";
import type { ReactNode } from "react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { requireMemberPage } from "~/modules/accounts/index.server";
import { SignedInFrame } from "~/modules/realtime/ui/signed-in-frame";
import { type Board, getBoard } from "~/modules/reports/index.server";
import { PageHeader } from "~/ui/page-header";
import { EmptyState } from "~/ui/state/empty-state";
import { RouteError } from "~/ui/state/route-error";
import { useReloadEvery } from "~/ui/state/use-reload-every";
import { useNow, WaitingTime } from "~/ui/time";

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership, frame } = await requireMemberPage(request);
  const t = await translator(request);
  return { title: t("reports.board"), frame, board: await getBoard(actor, membership.orgId) };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

const EVERY_MS = 5_000;

/** How the desk stands at this moment: what waits in each area, and who is there. */
export default function SupervisorBoard() {
  const { title, frame, board } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  useReloadEvery(EVERY_MS);
  return (
    <SignedInFrame {...frame} current="reports">
      <PageHeader title={title} subtitle={t("reports.boardLead")} back={{ to: "/reports", when: "always" }} />
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-4 sm:px-8">
        <div className="grid max-w-5xl gap-8">
          <Areas areas={board.areas} />
          <Members members={board.members} />
        </div>
      </div>
    </SignedInFrame>
  );
}

const FIGURES = ["queue", "waiting", "answered", "snoozed", "bot"] as const;

/** A table; on a phone each area is a block of its figures, so that nothing lies beside the screen. */
function Areas({ areas }: Pick<Board, "areas">) {
  const { t } = useTranslation();
  return (
    <section className="grid gap-3">
      <h2 className="font-semibold text-md">{t("reports.areasNow")}</h2>
      <table className="w-full border-collapse max-sm:block">
        <thead className="max-sm:hidden">
          <tr className="border-line-strong border-b text-left text-ink-soft text-sm">
            <th scope="col" className="py-2 pr-4 font-medium">
              {t("reports.groups.area")}
            </th>
            {[...FIGURES, "oldest"].map((figure) => (
              <th key={figure} scope="col" className="py-2 pl-4 text-right font-medium">
                {t(`reports.now.${figure}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="max-sm:block">
          {areas.map((area) => (
            <tr
              key={area.id}
              className="border-line border-b max-sm:grid max-sm:grid-cols-3 max-sm:gap-x-3 max-sm:py-2"
            >
              <th scope="row" className="wrap-anywhere py-2 pr-4 text-left font-medium max-sm:col-span-3 max-sm:pb-1">
                {area.name}
              </th>
              {FIGURES.map((figure) => (
                <Figure key={figure} name={figure} faint={!area[figure]}>
                  {area[figure]}
                </Figure>
              ))}
              <Figure name="oldest">
                <Oldest since={area.oldest} limitMinutes={area.waitLimitMinutes} />
              </Figure>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

type FigureProps = { name: (typeof FIGURES)[number] | "oldest"; faint?: boolean; children: ReactNode };

function Figure({ name, faint, children }: FigureProps) {
  const { t } = useTranslation();
  return (
    <td
      className={`py-2 pl-4 text-right tabular-nums max-sm:py-1 max-sm:pl-0 max-sm:text-left ${faint ? "text-ink-faint" : ""}`}
    >
      <span className="block text-ink-soft text-xs sm:hidden">{t(`reports.now.${name}`)}</span>
      {children}
    </td>
  );
}

/** Amber from half of the area's limit on, red from all of it on. */
function Oldest({ since, limitMinutes }: { since: string | null; limitMinutes: number }) {
  const minutes = (useNow() - Date.parse(since ?? "")) / 60_000;
  if (!since) return <span className="text-ink-faint">–</span>;
  const tone = minutes >= limitMinutes ? "text-danger-text" : minutes >= limitMinutes / 2 ? "text-amber-text" : "";
  return <WaitingTime since={since} className={`font-medium ${tone}`} />;
}

function Members({ members }: Pick<Board, "members">) {
  const { t } = useTranslation();
  if (members.length === 0) return <EmptyState icon={<UsersRound />} title={t("reports.nobody")} />;
  return (
    <section className="grid gap-3">
      <h2 className="font-semibold text-md">{t("reports.peopleNow")}</h2>
      <ul className="grid gap-x-8 sm:grid-cols-2">
        {members.map((member) => (
          <li key={member.id} className="flex min-h-12 items-center gap-3 border-line border-b py-1.5">
            <span
              aria-hidden
              className={`size-2.5 shrink-0 rounded-full ${member.availability === "available" ? "bg-jungle" : "border border-line-strong"}`}
            />
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{member.name}</span>
              <span className="block truncate text-ink-soft text-sm">
                {[t(`reports.availability.${member.availability}`), ...member.areas].join(" · ")}
              </span>
            </span>
            <span className="shrink-0 text-right text-sm tabular-nums">
              <span className="block">{t("reports.openOf", { count: member.open, cap: member.cap ?? "–" })}</span>
              <span className="block text-ink-soft">{t("reports.waitingFor", { count: member.waiting })}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function ErrorBoundary() {
  return <RouteError page />;
}
