// The start: places, navigation, and the stream of news from the service.

import { html, render, nothing } from "./templating.js";
import { startRouter } from "./router.js";
import { startLive } from "./events.js";
import { fetchLatePlaces, late } from "./lazy-routes.js";

const practise = late(() => import("./pages/practice.js"), (module, room) => module.openPractise(room));
const handIn = late(() => import("./pages/upload.js"), (module, room) => module.openHandIn(room));
const answers = late(() => import("./pages/answers.js"), (module, room) => module.openAnswers(room));
const report = late(() => import("./pages/report.js"), (module, room, match) => module.openReport(room, named(match)));
const takes = late(() => import("./pages/takes.js"), (module, room, match) => module.openTakes(room, named(match)));
const session = late(
  () => import("./pages/session-report.js"),
  (module, room, match) => module.openSessionReport(room, named(match)),
);
const progress = late(() => import("./pages/progress.js"), (module, room) => module.openProgress(room));
const settings = late(() => import("./pages/settings.js"), (module, room) => module.openSettings(room));
const nowhere = late(() => import("./pages/not-found.js"), (module, room) => module.openNowhere(room));

const PLACES = [
  { name: "practise", title: "Practise", pattern: /^\/$/, open: practise },
  { name: "hand-in", title: "Hand in", pattern: /^\/hand-in$/, open: handIn },
  { name: "answers", title: "Answers", pattern: /^\/answers$/, open: answers },
  { name: "answers", title: "Report", pattern: /^\/answers\/([^/]+)$/, open: report },
  { name: "answers", title: "Takes", pattern: /^\/answers\/([^/]+)\/takes$/, open: takes },
  { name: "answers", title: "Session", pattern: /^\/sessions\/([^/]+)$/, open: session },
  { name: "progress", title: "Progress", pattern: /^\/progress$/, open: progress },
  { name: "settings", title: "Settings", pattern: /^\/settings$/, open: settings },
  { name: "", title: "Not here", pattern: /.*/, open: nowhere },
];

const NAVIGATION = [
  { name: "practise", label: "Practise", path: "/" },
  { name: "answers", label: "Answers", path: "/answers" },
  { name: "progress", label: "Progress", path: "/progress" },
  { name: "settings", label: "Settings", path: "/settings" },
];

/** The id in an address. */
function named(match) {
  return decodeURIComponent(match[1]);
}

function showNavigation(present) {
  render(
    html`<ul>
      ${NAVIGATION.map(
        ({ name, label, path }) =>
          html`<li><a href=${path} data-place aria-current=${name === present.name ? "page" : nothing}>${label}</a></li>`,
      )}
    </ul>`,
    document.getElementById("places"),
  );
}

startLive();
startRouter(PLACES, document.getElementById("main"), showNavigation);
fetchLatePlaces(PLACES);
