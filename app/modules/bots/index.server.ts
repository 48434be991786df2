export { botAutomation } from "./automation.server";
export { fireTimer } from "./fire-timer.server";
export { listFlowChoices } from "./list-flow-choices.server";
export { createFlow, publishFlow } from "./publish-flow.server";
export { type NewOrganisation, publishWelcome, setUpOrganisation } from "./set-up-organisation.server";
