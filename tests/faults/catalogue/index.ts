import type { Fault } from "../driver/fault";
import { BOT_FAULTS } from "./bots";
import { COMMIT_FAULTS } from "./commits";
import { DATABASE_FAULTS } from "./databases";
import { JOB_FAULTS } from "./jobs";
import { NETWORK_FAULTS, SILENT_DEATH } from "./network";
import { PROCESS_FAULTS } from "./processes";
import { READER_FAULTS } from "./readers";
import { SEND_FAULTS } from "./sends";
import { SOCKET_FAULTS } from "./sockets";
import { STORE_FAULTS } from "./stores";
import { UPLOAD_FAULTS } from "./uploads";

/** Every fault that the cluster is put through, in the order of the catalogue. */
export const FAULTS: readonly Fault[] = [
  ...PROCESS_FAULTS,
  ...COMMIT_FAULTS,
  ...NETWORK_FAULTS,
  SILENT_DEATH,
  ...STORE_FAULTS,
  ...JOB_FAULTS,
  ...BOT_FAULTS,
  ...SEND_FAULTS,
  ...DATABASE_FAULTS,
  ...READER_FAULTS,
  ...SOCKET_FAULTS,
  ...UPLOAD_FAULTS,
].toSorted((a, b) => Number(a.name.slice(1)) - Number(b.name.slice(1)));
