import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { clientOf, signOut } from "~/modules/accounts/index.server";

/** Nothing to see: a link must not be able to sign anybody out. */
export const loader = () => redirect("/");

export async function action({ request, context }: ActionFunctionArgs) {
  const { setCookie } = await signOut(clientOf(request, context).sessionToken);
  return redirect("/login?done=signed-out", { headers: { "Set-Cookie": setCookie } });
}
