// Starts the application: its pages, the navigation, and the stream of events from the service.

import { startLive } from "./events.js";
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
  { name: "", title: "Not here", pattern: /.*/, open: openNotFound },
];

const NAVIGATION = [
  { name: "practice", label: "Practise", path: "/" },
  { name: "answers", label: "Answers", path: "/answers" },
  { name: "progress", label: "Progress", path: "/progress" },
  { name: "prepare", label: "Prepare", path: "/prepare" },
  { name: "settings", label: "Settings", path: "/settings" },
];

startLive();
startRouter(PAGES, /** @type {HTMLElement} */ (document.getElementById("main")), showNavigation);
fetchOtherPages(PAGES);

/** The id in an address. */
function idIn(match) {
  return decodeURIComponent(match[1]);
}

function showNavigation(present) {
  render(
    html`<ul>
      ${NAVIGATION.map(
        ({ name, label, path }) =>
          html`<li><a href=${path} data-page aria-current=${name === present.name ? "page" : nothing}>${label}</a></li>`,
      )}
    </ul>`,
    /** @type {HTMLElement} */ (document.getElementById("navigation")),
  );
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
