"""The text of a page as a person meets it: what each block shows, and the names that are read out."""

import re
from collections.abc import Iterable

from playwright.sync_api import Page

THEIR_WORDS = (
    ".passages",  # transcripts
    ".said",
    "datalist",
    "textarea",
)
"""Selectors of what people said or wrote, which no rule of style can bind."""

_BLOCKS = """(leftOut) => {
  const blocks = [];
  let current = "";
  const end = () => {
    blocks.push(current.replaceAll(/\\s+/g, " ").trim());
    current = "";
  };
  const read = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      current += node.data;
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches(`script, style, ${leftOut}`)) {
      return;
    }
    const { display, visibility } = getComputedStyle(node);
    if (display === "none" || visibility === "hidden") {
      return;
    }
    for (const name of ["aria-label", "alt", "placeholder", "title"]) {
      blocks.push(node.getAttribute(name) ?? "");
    }
    const inline = ["inline", "contents"].includes(display) && !node.matches("br, option, title, text");
    if (!inline) {
      end();
    }
    node.childNodes.forEach(read);
    if (!inline) {
      end();
    }
  };
  for (const folded of document.querySelectorAll("details")) {
    folded.open = true;
  }
  read(document.body);
  end();
  return blocks.filter(Boolean);
}"""


def blocks_of(page: Page, *, left_out: Iterable[str] = ()) -> list[str]:
    """The texts of a page's blocks, with all folds open, and the names that only a screen reader says.

    Args:
        page: as it stands; its folds are opened.
        left_out: texts of people (questions, titles): a block that is one is left out, and within a block one
            counts as a word.
    """
    blocks: list[str] = page.evaluate(_BLOCKS, ", ".join(THEIR_WORDS))
    texts = sorted(set(left_out), key=len, reverse=True)
    theirs = re.compile("|".join(map(re.escape, texts)) or "(?!)")
    return [block for block in (theirs.sub("it", block) for block in blocks) if block != "it"]
