import { isRouteErrorResponse, Link, useLocation, useRevalidator, useRouteError } from "@remix-run/react";
import { lazy, Suspense } from "react";
import { useHydrated } from "remix-utils/use-hydrated";
import { useTranslation } from "~/i18n/translation";
import { buttonClass } from "../button";
import { Wordmark } from "../mark";
import { ErrorState } from "./error-state";
import { isUnreached } from "./unreached";
import { useRecovery } from "./use-recovery";

/** Not of the first load of any page. */
const KeptList = lazy(() => import("../offline/kept-list"));

const codes: Record<number, string> = {
  401: "unauthorized",
  403: "forbidden",
  404: "not_found",
  409: "conflict",
  413: "too_large",
  422: "invalid",
  429: "too_many_requests",
  503: "unavailable",
  504: "timeout",
};

/** What another try would not change. */
const FINAL = new Set(["not_found", "forbidden", "no_organisation"]);

type Told = { code: string; requestId?: string };

/** What a thrown thing says of itself: the code and request id of an error of ours, else what its status means. */
export function readError(error: unknown): Told {
  if (isRouteErrorResponse(error)) {
    const said: unknown = error.data;
    const data = typeof said === "object" && said !== null ? said : {};
    const code = "code" in data && typeof data.code === "string" ? data.code : codes[error.status];
    // The code is for finding a fault of ours in the log; of a wrong address there is none.
    const fault = error.status >= 500 && "request_id" in data;
    const requestId = fault && typeof data.request_id === "string" ? data.request_id : undefined;
    return { code: code ?? "unexpected", requestId };
  }
  // How browsers report that they could not reach a server is worded differently in each; the type is the same.
  const unreachable =
    error instanceof TypeError && typeof navigator !== "undefined" && /fetch|network|load/i.test(error.message);
  return { code: unreachable ? "offline" : "unexpected" };
}

/** A route's ErrorBoundary: in its place on the screen, or as the whole `page` when nothing else could be drawn. */
export function RouteError({ page = false }: { page?: boolean }) {
  const { t } = useTranslation();
  const { pathname, search } = useLocation();
  const hydrated = useHydrated();
  const { code, requestId } = readError(useRouteError());
  useRecovery(code, useRevalidator().revalidate);
  const again = FINAL.has(code) ? null : pathname + search;
  const founds = code === "no_organisation";
  const state = (
    <>
      <ErrorState
        page={page}
        code={code}
        requestId={requestId}
        action={
          <>
            {again && (
              <a href={again} className={buttonClass("primary")}>
                {t("ui.retry")}
              </a>
            )}
            {founds && (
              <Link to="/organisations/new" className={buttonClass("primary")}>
                {t("errors.createOrganisation")}
              </Link>
            )}
            <Link to="/" reloadDocument className={buttonClass(again || founds ? "quiet" : "primary")}>
              {t("ui.goHome")}
            </Link>
          </>
        }
      />
      {hydrated && isUnreached(code) && (
        <Suspense>
          <KeptList />
        </Suspense>
      )}
    </>
  );
  if (!page) return state;
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="grid justify-items-center">
        <Wordmark />
        {state}
      </div>
    </main>
  );
}
