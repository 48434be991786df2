import { describe } from "vitest";
import { NETWORK_FAULTS, SILENT_DEATH } from "./catalogue/network";
import { READER_FAULTS } from "./catalogue/readers";
import { SEND_FAULTS } from "./catalogue/sends";
import { SOCKET_FAULTS } from "./catalogue/sockets";
import { tryOnce } from "./driver/shared-stage";

describe("two servers whose readers' networks fail, or who come in crowds", () => {
  tryOnce([...NETWORK_FAULTS, ...SEND_FAULTS, ...READER_FAULTS, ...SOCKET_FAULTS], SILENT_DEATH);
});
