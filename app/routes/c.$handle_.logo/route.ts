import type { LoaderFunctionArgs } from "@remix-run/node";
import { answerLogo } from "~/modules/files/index.server";

/** What an organisation looks like, for its public chat and for what shows a link to it. */
export const loader = ({ request, params }: LoaderFunctionArgs) => answerLogo(request, params.handle ?? "");
