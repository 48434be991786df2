import type { GraphError } from "./graph-error";

type Fields = Record<string, unknown>;

const fields = (value: unknown): Fields => (typeof value === "object" && value !== null ? (value as Fields) : {});
const items = (value: unknown): Fields[] => (Array.isArray(value) ? value.map(fields) : []);
const within = (value: unknown, most: number) => typeof value === "string" && value !== "" && value.length <= most;
const absentOrWithin = (value: unknown, most: number) => value === undefined || within(value, most);
const distinct = (values: unknown[]) => new Set(values).size === values.length;

const bad = (details: string): GraphError => ({
  status: 400,
  code: 131009,
  message: "Parameter value is not valid",
  details,
});

function checkText(body: unknown): GraphError | null {
  if (typeof body !== "string" || body === "") {
    return { status: 400, code: 131008, message: "Required parameter is missing", details: "text.body is required" };
  }
  if (body.length <= 4096) return null;
  return { status: 400, code: 100, message: "Param text['body'] must be at most 4096 characters long." };
}

function checkButtons(action: Fields): GraphError | null {
  const replies = items(action.buttons).map((button) => fields(button.reply));
  if (replies.length < 1 || replies.length > 3)
    return bad("Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3");
  if (!replies.every((reply) => within(reply.title, 20)))
    return bad("Button title length invalid. Min length: 1, Max length: 20");
  if (!replies.every((reply) => within(reply.id, 256)))
    return bad("Button id length invalid. Min length: 1, Max length: 256");
  if (!distinct(replies.map((reply) => reply.title))) return bad("Duplicate button titles");
  return distinct(replies.map((reply) => reply.id)) ? null : bad("Duplicate button ids");
}

function checkList(action: Fields): GraphError | null {
  const sections = items(action.sections);
  const rows = sections.flatMap((section) => items(section.rows));
  if (!within(action.button, 20)) return bad("Button length invalid. Min length: 1, Max length: 20");
  if (sections.length < 1 || sections.length > 10) return bad("Invalid sections count");
  if (rows.length < 1 || rows.length > 10) return bad("Total row count exceed max allowed count: 10");
  if (!sections.every((section) => absentOrWithin(section.title, 24)))
    return bad("Section title is too long. Max length is 24");
  if (sections.length > 1 && sections.some((section) => !section.title)) return bad("Section title is required");
  if (!rows.every((row) => within(row.id, 200))) return bad("Row id is too long. Max length is 200");
  if (!rows.every((row) => within(row.title, 24))) return bad("Row title is too long. Max length is 24");
  if (!rows.every((row) => absentOrWithin(row.description, 72)))
    return bad("Row description is too long. Max length is 72");
  return distinct(rows.map((row) => row.id)) ? null : bad("Duplicate row ids");
}

function checkInteractive(interactive: Fields): GraphError | null {
  const isList = interactive.type === "list";
  if (!isList && interactive.type !== "button") return bad("Unsupported interactive type");
  const most = isList ? 4096 : 1024;
  if (!within(fields(interactive.body).text, most))
    return bad(`Body text length invalid. Min length: 1, Max length: ${most}`);
  if (interactive.footer !== undefined && !within(fields(interactive.footer).text, 60))
    return bad("Footer text length invalid");
  const action = fields(interactive.action);
  return isList ? checkList(action) : checkButtons(action);
}

/** Refuses what the Cloud API refuses in a message to be sent; null lets it pass. */
export function checkMessage(body: Fields): GraphError | null {
  if (body.messaging_product !== "whatsapp")
    return { status: 400, code: 100, message: "The parameter messaging_product is required." };
  if (typeof body.to !== "string" && typeof body.recipient !== "string") {
    return { status: 400, code: 100, message: "The parameter to is required." };
  }
  if (!absentOrWithin(body.biz_opaque_callback_data, 512)) return bad("biz_opaque_callback_data is too long");
  if (body.context !== undefined && !within(fields(body.context).message_id, 512))
    return bad("context.message_id is not valid");
  if (body.type === "text" || body.type === undefined) return checkText(fields(body.text).body);
  if (body.type === "interactive") return checkInteractive(fields(body.interactive));
  return { status: 400, code: 131051, message: "Unsupported message type" };
}
