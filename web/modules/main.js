// The start: places, navigation, and the stream of news from the service.

import { html, render, nothing } from "./templating.js";
import { startRouter } from "./router.js";
import { startLive } from "./live/events.js";
import { openPractise } from "./places/practise.js";
import { openHandIn } from "./places/hand-in.js";
import { openAnswers } from "./places/answers.js";
import { openReport } from "./places/report.js";
import { openSessionReport } from "./places/session-report.js";
import { openTakes } from "./places/takes.js";
import { openProgress } from "./places/progress.js";
import { openSettings } from "./places/settings.js";
import { openNowhere } from "./places/nowhere.js";

const PLACES = [
  { name: "practise", title: "Practise", pattern: /^\/$/, open: openPractise },
  { name: "hand-in", title: "Hand in", pattern: /^\/hand-in$/, open: openHandIn },
  { name: "answers", title: "Answers", pattern: /^\/answers$/, open: openAnswers },
  { name: "answers", title: "Report", pattern: /^\/answers\/([^/]+)$/, open: (room, match) => openReport(room, decodeURIComponent(match[1])) },
  { name: "answers", title: "Takes", pattern: /^\/answers\/([^/]+)\/takes$/, open: (room, match) => openTakes(room, decodeURIComponent(match[1])) },
  { name: "answers", title: "Session", pattern: /^\/sessions\/([^/]+)$/, open: (room, match) => openSessionReport(room, decodeURIComponent(match[1])) },
  { name: "progress", title: "Progress", pattern: /^\/progress$/, open: openProgress },
  { name: "settings", title: "Settings", pattern: /^\/settings$/, open: openSettings },
  { name: "", title: "Not here", pattern: /.*/, open: openNowhere },
];

const NAVIGATION = [
  { name: "practise", label: "Practise", path: "/" },
  { name: "answers", label: "Answers", path: "/answers" },
  { name: "progress", label: "Progress", path: "/progress" },
  { name: "settings", label: "Settings", path: "/settings" },
];

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
