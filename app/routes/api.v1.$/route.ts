import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { answerCall } from "./answer-call.server";
import { answerDocument } from "./openapi/answer-document.server";

export const loader = ({ request, context }: LoaderFunctionArgs) =>
  answerDocument(request) ?? answerCall(request, context);
export const action = ({ request, context }: ActionFunctionArgs) => answerCall(request, context);
