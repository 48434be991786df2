export { botAutomation } from "./automation.server";
export { fireTimer } from "./fire-timer.server";
export { createFlow, publishFlow } from "./publish-flow.server";
export { type NewOrganisation, publishWelcome, setUpOrganisation } from "./set-up-organisation.server";
