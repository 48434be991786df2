export { listFlowChoices } from "./editing/list-flow-choices.server";
export { createFlow, publishFlow } from "./editing/publish-flow.server";
export { botAutomation } from "./running/automation.server";
export { fetchMedia } from "./running/fetch-media.server";
export { fireTimer } from "./running/fire-timer.server";
export { type NewOrganisation, publishWelcome, setUpOrganisation } from "./set-up-organisation.server";
