import type { LoaderFunctionArgs } from "@remix-run/node";
import { Outlet, useLoaderData, useParams } from "@remix-run/react";
import { requireAdminPage } from "~/modules/accounts/index.server";
import { SignedInFrame } from "~/modules/realtime/ui/signed-in-frame";
import { RouteError } from "~/ui/state/route-error";

export async function loader({ request }: LoaderFunctionArgs) {
  const { frame } = await requireAdminPage(request);
  return { frame };
}

/** The frame of all pages about bots; on a phone one that is open stands alone. */
export default function Bots() {
  const { frame } = useLoaderData<typeof loader>();
  const { id } = useParams();
  return (
    <SignedInFrame {...frame} current="bots" focused={id !== undefined}>
      <Outlet />
    </SignedInFrame>
  );
}

export function ErrorBoundary() {
  return <RouteError page />;
}
