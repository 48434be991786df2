import { describe } from "vitest";
import { DATABASE_FAULTS } from "./catalogue/databases";
import { STORE_FAULTS } from "./catalogue/stores";
import { tryOnce } from "./driver/shared-stage";

describe("two servers whose database and Redis fail while people write", () => {
  tryOnce([...STORE_FAULTS, ...DATABASE_FAULTS]);
});
