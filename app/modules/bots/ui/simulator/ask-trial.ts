import { askServer } from "~/platform/ask-server";
import { callsFlows } from "../../compile/calls-flows";
import type { Flow } from "../../flow";
import type { Json } from "../../wording/json";

const addressOf = (flowId: string) => `/bots/${flowId}/trial`;

/** What would run of a flow as it is drawn. @throws Refusal */
export async function askCompiled(flowId: string, flow: Flow): Promise<Flow> {
  if (!callsFlows(flow)) return flow;
  return (await askServer<{ flow: Flow }>(addressOf(flowId), { intent: "compile", flow })).flow;
}

/** What the organisation's answers are to what an FAQ node asks. @throws Refusal */
export const askAnswers = (flowId: string, input: Json): Promise<Json> =>
  askServer<{ [name: string]: Json }>(addressOf(flowId), { intent: "ask", input });
