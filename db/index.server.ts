import * as accounts from "./schema/accounts";
import * as answers from "./schema/answers";
import * as api from "./schema/api";
import * as bots from "./schema/bots";
import * as channels from "./schema/channels";
import * as chats from "./schema/chats";
import * as contacts from "./schema/contacts";
import * as desk from "./schema/desk";
import * as files from "./schema/files";
import * as messaging from "./schema/messaging";
import * as notices from "./schema/notices";
import * as reports from "./schema/reports";
import * as tickets from "./schema/tickets";
import * as webhooks from "./schema/webhooks";

export { migrateDatabase } from "./migrate.server";

export const schema = {
  ...accounts,
  ...contacts,
  ...channels,
  ...messaging,
  ...chats,
  ...files,
  ...tickets,
  ...notices,
  ...desk,
  ...reports,
  ...bots,
  ...answers,
  ...api,
  ...webhooks,
};
