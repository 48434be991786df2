import { describe } from "vitest";
import { BOT_FAULTS } from "./catalogue/bots";
import { COMMIT_FAULTS } from "./catalogue/commits";
import { JOB_FAULTS } from "./catalogue/jobs";
import { PROCESS_FAULTS } from "./catalogue/processes";
import { UPLOAD_FAULTS } from "./catalogue/uploads";
import { tryOnce } from "./driver/shared-stage";

describe("two servers on one database and one Redis, of which processes die while people write", () => {
  tryOnce([...PROCESS_FAULTS, ...COMMIT_FAULTS, ...JOB_FAULTS, ...BOT_FAULTS, ...UPLOAD_FAULTS]);
});
