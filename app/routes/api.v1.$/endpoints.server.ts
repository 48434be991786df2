import { answers } from "./calls/administration/answers.server";
import { customFields } from "./calls/administration/custom-fields.server";
import { flows } from "./calls/administration/flows.server";
import { holidays } from "./calls/administration/holidays.server";
import { reach } from "./calls/administration/reach.server";
import { secrets } from "./calls/administration/secrets.server";
import { tags } from "./calls/administration/tags.server";
import { webhooks } from "./calls/administration/webhooks.server";
import { areas } from "./calls/areas.server";
import { cannedReplies } from "./calls/canned-replies.server";
import { channels } from "./calls/channels.server";
import { contacts } from "./calls/contacts.server";
import { conversations } from "./calls/conversations.server";
import { collaboration } from "./calls/desk/collaboration.server";
import { macros } from "./calls/desk/macros.server";
import { feed } from "./calls/feed.server";
import { groupDoors } from "./calls/group-doors.server";
import { groups } from "./calls/groups.server";
import { later } from "./calls/later.server";
import { marks } from "./calls/marks.server";
import { me } from "./calls/me.server";
import { members } from "./calls/members.server";
import { messages } from "./calls/messages.server";
import { notices } from "./calls/notices.server";
import { organisation } from "./calls/organisation.server";
import { reports } from "./calls/reports.server";
import { search } from "./calls/search.server";
import { ticketLists } from "./calls/ticket-lists.server";
import { tickets } from "./calls/tickets.server";
import { views } from "./calls/views.server";
import type { Endpoint } from "./endpoint";

/** Every call of the API. */
export const ENDPOINTS: readonly Endpoint[] = [
  ...me,
  ...ticketLists,
  ...tickets,
  ...views,
  ...cannedReplies,
  ...macros,
  ...collaboration,
  ...conversations,
  ...messages,
  ...later,
  ...groups,
  ...groupDoors,
  ...marks,
  ...search,
  ...contacts,
  ...channels,
  ...reports,
  ...feed,
  ...areas,
  ...members,
  ...organisation,
  ...holidays,
  ...customFields,
  ...tags,
  ...webhooks,
  ...flows,
  ...answers,
  ...secrets,
  ...reach,
  ...notices,
];
