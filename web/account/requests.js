// Requests about signing in and one's own account.

import { request } from "../api.js";

const path = (rest) => `/api/account${rest}`;
const part = encodeURIComponent;

export const accounts = {
  ways: () => request("GET", "/api/sign-in/ways"),
  /** @param {{email: string, password: string, code?: string}} body */
  signIn: (body) => request("POST", "/api/sign-in", { body }),
  signOut: () => request("POST", "/api/sign-out"),
  invitation: (token) => request("GET", `/api/invitations/${part(token)}`),
  acceptInvitation: (token, body) => request("POST", `/api/invitations/${part(token)}`, { body }),
  reset: (token) => request("GET", `/api/resets/${part(token)}`),
  setPassword: (token, body) => request("POST", `/api/resets/${part(token)}`, { body }),
  account: () => request("GET", path("")),
  change: (body) => request("PATCH", path(""), { body }),
  closeNotices: () => request("DELETE", path("/notices")),
  changePassword: (body) => request("PUT", path("/password"), { body }),
  /** @param {{password: string}} body */
  proposeSecondFactor: (body) => request("POST", path("/second-factor"), { body }),
  turnOnSecondFactor: (code) => request("PUT", path("/second-factor"), { body: { code } }),
  turnOffSecondFactor: (body) => request("DELETE", path("/second-factor"), { body }),
  signInSessions: () => request("GET", path("/sign-in-sessions")),
  endSession: (id) => request("DELETE", path(`/sign-in-sessions/${part(id)}`)),
};
