// The calls of an administrator. None of them reaches anybody's recordings.

import { request } from "../api.js";

const personPath = (id, rest = "") => `/api/office/people/${encodeURIComponent(id)}${rest}`;

export const office = {
  settings: () => request("GET", "/api/office"),
  /** @param {{name?: string|null, retention_days?: number|null, quota_bytes?: number|null, quota_minutes_a_day?: number|null}} changes */
  change: (changes) => request("PATCH", "/api/office", { body: changes }),
  people: () => request("GET", "/api/office/people"),
  suspend: (id) => request("POST", personPath(id, "/suspend")),
  resume: (id) => request("POST", personPath(id, "/resume")),
  startReset: (id) => request("POST", personPath(id, "/reset")),
  deletePerson: (id) => request("DELETE", personPath(id)),
  invitations: () => request("GET", "/api/office/invitations"),
  /** @param {{name: string, email: string, role: "applicant"|"adviser"|"administrator"}} invitation */
  invite: (invitation) => request("POST", "/api/office/invitations", { body: invitation }),
  withdraw: (id) => request("DELETE", `/api/office/invitations/${encodeURIComponent(id)}`),
  log: () => request("GET", "/api/office/log?limit=50"),
};
