import { absentOrWithin, distinct, type Fields, fields, isWebAddress, items, within } from "./fields";
import type { GraphError } from "./graph-error";

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

const MEDIA = new Set(["image", "video", "audio", "document"]);

/** `id` or `link`, never both; sound takes no words, and only a document has a name. */
function checkMedia(type: string, media: Fields): GraphError | null {
  if ((media.id === undefined) === (media.link === undefined))
    return { status: 400, code: 100, message: `Param ${type} must have one of id and link.` };
  if (media.link !== undefined && !isWebAddress(media.link)) return bad(`${type}.link is not a valid URL`);
  if (media.caption !== undefined && (type === "audio" || !within(media.caption, 1024)))
    return bad(`${type}.caption is not valid`);
  return media.filename !== undefined && type !== "document" ? bad(`${type}.filename is not valid`) : null;
}

/** Over buttons: words, a picture, a film or a file. */
function checkHeader(header: Fields): GraphError | null {
  const type = String(header.type);
  if (type === "text") return within(header.text, 60) ? null : bad("Header text length invalid");
  if (!["image", "video", "document"].includes(type)) return bad("Unsupported header type");
  return checkMedia(type, fields(header[type]));
}

function checkInteractive(interactive: Fields): GraphError | null {
  const isList = interactive.type === "list";
  if (!isList && interactive.type !== "button") return bad("Unsupported interactive type");
  const most = isList ? 4096 : 1024;
  if (!within(fields(interactive.body).text, most))
    return bad(`Body text length invalid. Min length: 1, Max length: ${most}`);
  if (interactive.footer !== undefined && !within(fields(interactive.footer).text, 60))
    return bad("Footer text length invalid");
  const header = fields(interactive.header);
  const badHeader = interactive.header === undefined ? null : checkHeader(header);
  if (badHeader) return badHeader;
  if (isList && interactive.header !== undefined && header.type !== "text") return bad("Unsupported header type");
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
  const type = String(body.type);
  if (MEDIA.has(type)) return checkMedia(type, fields(body[type]));
  return { status: 400, code: 131051, message: "Unsupported message type" };
}

/** The addresses that the platform fetches of a message, in order. */
export function linksOf(body: Fields): string[] {
  const header = fields(fields(body.interactive).header);
  const holders = [fields(body[String(body.type)]), fields(header[String(header.type)])];
  return holders.flatMap(({ link }) => (typeof link === "string" ? [link] : []));
}
