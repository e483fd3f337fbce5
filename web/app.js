// Starts the application: its pages, the navigation, and the stream of events from the service.

import { ApiError, api } from "./api.js";
import { startLive } from "./events.js";
import { navigation } from "./navigation.js";
import { becomes, isForAnyone, personHere, showToNobodyElse } from "./person.js";
import { fetchOtherPages, lazyPage, startRouter } from "./router.js";
import { html, nothing, render } from "./templating.js";

// The service preloads the modules of the page that an address shows: service/frontend/pages.py has the same addresses.
/** @type {import("./router.js").Page[]} */
const PAGES = [
  {
    name: "practice",
    title: "Practise",
    pattern: /^\/$/,
    open: lazyPage(() => import("./pages/practice.js"), (module, container) => module.openPractice(container)),
  },
  {
    name: "upload",
    title: "Upload",
    pattern: /^\/upload$/,
    open: lazyPage(() => import("./pages/upload.js"), (module, container) => module.openUpload(container)),
  },
  {
    name: "answers",
    title: "Answers",
    pattern: /^\/answers$/,
    open: lazyPage(() => import("./pages/answers.js"), (module, container) => module.openAnswers(container)),
  },
  {
    name: "answers",
    title: "Report",
    pattern: /^\/answers\/([^/]+)$/,
    open: lazyPage(() => import("./pages/report.js"), (module, container, match) => module.openReport(container, idIn(match))),
  },
  {
    name: "answers",
    title: "Takes",
    pattern: /^\/answers\/([^/]+)\/takes$/,
    open: lazyPage(() => import("./pages/takes.js"), (module, container, match) => module.openTakes(container, idIn(match))),
  },
  {
    name: "answers",
    title: "Session",
    pattern: /^\/sessions\/([^/]+)$/,
    open: lazyPage(
      () => import("./pages/session-report.js"),
      (module, container, match) => module.openSessionReport(container, idIn(match)),
    ),
  },
  {
    name: "",
    title: "Interviewer",
    pattern: /^\/interviews\/([^/]+)\/interviewer$/,
    open: lazyPage(() => import("./pages/interviewer.js"), (module, container, match) => module.openInterviewer(container, idIn(match))),
  },
  {
    name: "answers",
    title: "Interview",
    pattern: /^\/interviews\/([^/]+)$/,
    open: lazyPage(
      () => import("./pages/interview-report.js"),
      (module, container, match) => module.openInterviewReport(container, idIn(match)),
    ),
  },
  {
    name: "progress",
    title: "Progress",
    pattern: /^\/progress$/,
    open: lazyPage(() => import("./pages/progress.js"), (module, container) => module.openProgress(container)),
  },
  {
    name: "prepare",
    title: "Interview",
    pattern: /^\/prepare\/interviews\/([^/]+)$/,
    open: lazyPage(() => import("./pages/scheduled-interview.js"), (module, container, match) => module.openScheduledInterview(container, idIn(match))),
  },
  {
    name: "prepare",
    title: "Programme sheet",
    pattern: /^\/prepare\/interviews\/([^/]+)\/sheet$/,
    open: lazyPage(() => import("./pages/programme-sheet.js"), (module, container, match) => module.openProgrammeSheet(container, idIn(match))),
  },
  {
    name: "prepare",
    title: "Set-up check",
    pattern: /^\/prepare\/set-up$/,
    open: lazyPage(() => import("./pages/set-up-check.js"), (module, container) => module.openSetUpCheck(container)),
  },
  {
    name: "prepare",
    title: "Your application",
    pattern: /^\/prepare\/application$/,
    open: lazyPage(() => import("./pages/application.js"), (module, container) => module.openApplication(container)),
  },
  {
    name: "prepare",
    title: "Questions to ask",
    pattern: /^\/prepare\/questions-to-ask$/,
    open: lazyPage(() => import("./pages/questions-to-ask.js"), (module, container) => module.openQuestionsToAsk(container)),
  },
  {
    name: "prepare",
    title: "Rank list",
    pattern: /^\/prepare\/rank-list$/,
    open: lazyPage(() => import("./pages/rank-list.js"), (module, container) => module.openRankList(container)),
  },
  {
    name: "",
    title: "Privacy and accessibility",
    pattern: /^\/privacy$/,
    open: lazyPage(() => import("./pages/privacy.js"), (module, container) => module.openPrivacy(container)),
  },
  {
    name: "prepare",
    title: "Resources",
    pattern: /^\/prepare\/resources$/,
    open: lazyPage(() => import("./pages/resources.js"), (module, container) => module.openResources(container)),
  },
  {
    name: "prepare",
    title: "Prepare",
    pattern: /^\/prepare$/,
    open: lazyPage(() => import("./pages/prepare.js"), (module, container) => module.openPrepare(container)),
  },
  {
    name: "settings",
    title: "Settings",
    pattern: /^\/settings$/,
    open: lazyPage(() => import("./pages/settings.js"), (module, container) => module.openSettings(container)),
  },
  {
    name: "",
    title: "Sign in",
    pattern: /^\/sign-in$/,
    open: lazyPage(() => import("./pages/sign-in.js"), (module, container) => module.openSignIn(container)),
  },
  {
    name: "",
    title: "Invitation",
    pattern: /^\/invitations\/([^/]+)$/,
    open: lazyPage(() => import("./pages/invitation.js"), (module, container, match) => module.openInvitation(container, idIn(match))),
  },
  {
    name: "",
    title: "New password",
    pattern: /^\/reset\/([^/]+)$/,
    open: lazyPage(() => import("./pages/reset.js"), (module, container, match) => module.openReset(container, idIn(match))),
  },
  {
    name: "account",
    title: "Account",
    pattern: /^\/account$/,
    open: lazyPage(() => import("./pages/account.js"), (module, container) => module.openAccount(container)),
  },
  {
    name: "office",
    title: "Office",
    pattern: /^\/office$/,
    open: lazyPage(() => import("./pages/office.js"), (module, container) => module.openOffice(container)),
  },
  {
    name: "assignments",
    title: "Assignments",
    pattern: /^\/assignments$/,
    open: lazyPage(() => import("./pages/assignments.js"), (module, container) => module.openAssignments(container)),
  },
  {
    name: "assignments",
    title: "Assignment",
    pattern: /^\/assignments\/([^/]+)$/,
    open: lazyPage(() => import("./pages/assignment.js"), (module, container, match) => module.openAssignment(container, idIn(match))),
  },
  {
    name: "review",
    title: "Review",
    pattern: /^\/review$/,
    open: lazyPage(() => import("./pages/review-queue.js"), (module, container) => module.openReviewQueue(container)),
  },
  {
    name: "review",
    title: "Review",
    pattern: /^\/review\/([^/]+)$/,
    open: lazyPage(() => import("./pages/review.js"), (module, container, match) => module.openReview(container, idIn(match))),
  },
  {
    name: "cohorts",
    title: "Cohorts",
    pattern: /^\/cohorts$/,
    open: lazyPage(() => import("./pages/cohorts.js"), (module, container) => module.openCohorts(container)),
  },
  {
    name: "cohorts",
    title: "Cohort",
    pattern: /^\/cohorts\/([^/]+)$/,
    open: lazyPage(() => import("./pages/cohort.js"), (module, container, match) => module.openCohort(container, idIn(match))),
  },
  {
    name: "assignments",
    title: "Submitted",
    pattern: /^\/shared$/,
    open: lazyPage(() => import("./pages/shared.js"), (module, container) => module.openShared(container)),
  },
  { name: "", title: "Not here", pattern: /.*/, open: openNotFound },
];

/**
 * Where nobody signs in, the navigation and the stream of events need not wait until the service has said so.
 * @type {import("./navigation.js").Role|null}
 */
let role = personHere() ? null : "local";
let present = "";

showToNobodyElse();
startRouter(PAGES, /** @type {HTMLElement} */ (document.getElementById("main")), showNavigation);
fetchOtherPages(PAGES);
if (role === "local" && !isForAnyone(location.pathname)) {
  startLive();
}
learnRole();

/** The id in an address. */
function idIn(match) {
  return decodeURIComponent(match[1]);
}

/** @param {import("./router.js").Page} page */
function showNavigation(page) {
  present = page.name;
  drawNavigation();
}

function drawNavigation() {
  const shown = role && !isForAnyone(location.pathname) ? navigation(role, present) : nothing;
  render(shown, /** @type {HTMLElement} */ (document.getElementById("navigation")));
}

async function learnRole() {
  try {
    const me = await api.me();
    const waited = role === null;
    role = me.role;
    // Whoever signs in comes through the sign-in page, which makes the browser theirs. Otherwise it is done here.
    if (personHere() !== (me.accounts ? me.person : null) && becomes(me.accounts ? me.person : null) && !isForAnyone(location.pathname)) {
      location.reload();
    } else if (waited && role !== "administrator" && !isForAnyone(location.pathname)) {
      startLive();
    }
    drawNavigation();
  } catch (error) {
    if (!(error instanceof ApiError)) {
      throw error;
    }
    // Not signed in: `request` has seen to it.
  }
}

/** The page at an address that nothing is at. */
function openNotFound(container) {
  render(
    html`<div class="empty">
      <h1>Nothing is here.</h1>
      <p class="lead">Check the address. What was here may have been deleted.</p>
      <a class="button button-main" href="/answers" data-page>See all answers</a>
    </div>`,
    container,
  );
}
