/** The pages of /admin that exist, in order; labels are `admin.menu.<id>`. */
export const adminMenu = [
  { id: "members", to: "/admin/members" },
  { id: "areas", to: "/admin/areas" },
] as const;
