import { z } from "zod";
import { GROUPS, REPORTS } from "~/modules/reports";
import { getBoard, getReport } from "~/modules/reports/index.server";
import { endpoint } from "../endpoint";
import { board, report } from "../shapes/report";

const day = z
  .string()
  .max(10)
  .describe("A day of the organisation's calendar, `YYYY-MM-DD`; both days are within; the last 30 days unless said");

export const reports = [
  endpoint({
    method: "GET",
    path: "/reports/board",
    name: "getBoard",
    summary: "How the desk stands now: what waits in each area that the member sees, and who is there.",
    access: "member",
    scope: "reports:read",
    answer: board,
    handle: async ({ actor, orgId }) => {
      const { areas, members } = await getBoard(actor, orgId);
      return {
        data: {
          areas: areas.map(({ waitLimitMinutes, ...area }) => ({ ...area, wait_limit_minutes: waitLimitMinutes })),
          members,
        },
      };
    },
  }),
  endpoint({
    method: "GET",
    path: "/reports/:name",
    name: "getReport",
    summary:
      `What happened at the desk over days: one of ${Object.keys(REPORTS).join(", ")}. ` +
      "Of an agent's token only what happened in the member's areas. At most 400 days, by hours 31.",
    access: "member",
    scope: "reports:read",
    query: z.object({
      from: day.optional(),
      to: day.optional(),
      group: z.enum(GROUPS).optional().describe("By what it is parted; the report's first unless said"),
    }),
    answer: report,
    refusals: { 422: ["report_group_unknown", "report_day_invalid", "report_days_reversed", "report_too_long"] },
    handle: async ({ actor, orgId, params, query }) => ({
      data: await getReport(actor, orgId, { name: params.name ?? "", ...query }),
    }),
  }),
];
