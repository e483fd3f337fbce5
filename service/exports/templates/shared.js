"use strict";
(() => {
  const part = (id) => document.getElementById(id);
  const mentor = part("mentor");
  const player = part("player");
  const form = part("comment-form");
  const name = part("name");
  const text = part("text");
  const comments = [];
  let at = 0;
  let saved = true;

  const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

  const say = (words) => {
    part("state").textContent = words;
  };

  const takeMoment = () => {
    at = player ? player.currentTime : 0;
    part("moment").textContent = clock(at);
  };

  const play = (seconds) => {
    if (player) {
      player.currentTime = seconds;
      player.play();
    }
  };

  const button = (words, label, onClick) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = words;
    made.setAttribute("aria-label", label);
    made.addEventListener("click", onClick);
    return made;
  };

  const draw = () => {
    comments.sort((one, other) => one.at - other.at);
    const rows = comments.map((comment) => {
      const row = document.createElement("li");
      const words = document.createElement("p");
      words.textContent = `${comment.name}: ${comment.text}`;
      const moment = clock(comment.at);
      row.append(
        button(moment, `Play from ${moment}`, () => play(comment.at)),
        words,
        button("Remove", `Remove the comment at ${moment}`, () => {
          comments.splice(comments.indexOf(comment), 1);
          saved = comments.length === 0;
          draw();
          say("Removed.");
        }),
      );
      return row;
    });
    part("comment-list").replaceChildren(...rows);
    part("none-yet").hidden = comments.length > 0;
    part("save").disabled = comments.length === 0;
  };

  text.addEventListener("input", () => {
    if (player && !player.paused) {
      player.pause();
    }
  });
  text.addEventListener("focus", () => {
    if (text.value === "") {
      takeMoment();
    }
  });
  part("take-moment").addEventListener("click", takeMoment);
  if (player) {
    player.addEventListener("timeupdate", () => {
      if (text.value === "") {
        takeMoment();
      }
    });
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const comment = { id: newId(), name: name.value.trim(), at: Math.round(at * 100) / 100, text: text.value.trim() };
    if (comment.name === "" || comment.text === "") {
      say("Write your name and a comment.");
      return;
    }
    if (comments.length === 200) {
      say("There is room for 200 comments. Save them.");
      return;
    }
    comments.push(comment);
    saved = false;
    text.value = "";
    draw();
    say("Added. Save your comments when you are done.");
    text.focus();
  });

  part("save").addEventListener("click", () => {
    const content = { kind: "greenroom-comments", schema: 1, answer: mentor.dataset.answer, share: mentor.dataset.share, comments };
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(content, null, 1)], { type: "application/json" }));
    link.download = "comments-for-greenroom.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    saved = true;
    say("Saved as comments-for-greenroom.json. Send that file back.");
  });

  // Clocks in the transcript play from there.
  for (const time of player ? document.querySelectorAll(".passage .time") : []) {
    const [minutes, seconds] = time.textContent.trim().split(":").map(Number);
    if (Number.isFinite(minutes) && Number.isFinite(seconds)) {
      time.replaceChildren(button(time.textContent.trim(), `Play from ${time.textContent.trim()}`, () => play(minutes * 60 + seconds)));
    }
  }

  addEventListener("beforeunload", (event) => {
    if (!saved) {
      event.preventDefault();
    }
  });
  draw();
})();
