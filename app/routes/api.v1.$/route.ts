import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { answerCall } from "./answer-call.server";

export const loader = ({ request, context }: LoaderFunctionArgs) => answerCall(request, context);
export const action = ({ request, context }: ActionFunctionArgs) => answerCall(request, context);
