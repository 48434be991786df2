/** The pages of /admin that exist, in order; labels are `admin.menu.<id>`. */
export const adminMenu = [
  { id: "members", to: "/admin/members" },
  { id: "areas", to: "/admin/areas" },
  { id: "fields", to: "/admin/fields" },
  { id: "tags", to: "/admin/tags" },
] as const;
