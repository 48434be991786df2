import { type Draft, draftSchema } from "../../../editing/draft";
import { welcomeFlow } from "../../../starters/welcome";

/** For tests: the draft of a new organisation. */
export const aDraft = (): Draft => draftSchema.parse(JSON.parse(JSON.stringify(welcomeFlow("es"))));
