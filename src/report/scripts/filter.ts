/** Turns the counts of verdicts into buttons that show the claims of one verdict. */
export const FILTER_SCRIPT = `(() => {
  const counts = document.querySelector(".counts");
  if (!counts) return;
  const marked = [...document.querySelectorAll("[data-verdict]")];
  const rows = marked.filter((each) => each.localName === "tr");
  const note = document.createElement("p");
  note.className = "remark filtered";
  note.setAttribute("role", "status");
  counts.after(note);
  const buttons = [];
  const show = (chosen) => {
    for (const each of marked) each.hidden = chosen !== null && each.dataset.verdict !== chosen;
    for (const group of document.querySelectorAll(".overview tbody")) {
      group.hidden = [...group.querySelectorAll("[data-verdict]")].every((each) => each.hidden);
    }
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.shows === chosen));
    const shown = rows.filter((each) => !each.hidden).length;
    note.textContent = chosen === null ? "" : "Showing " + shown + " of " + rows.length + " claims. Press again for all.";
  };
  for (const item of counts.querySelectorAll("[data-shows]")) {
    if (!rows.some((each) => each.dataset.verdict === item.dataset.shows)) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.shows = item.dataset.shows;
    button.setAttribute("aria-pressed", "false");
    button.append(...item.childNodes);
    button.addEventListener("click", () => {
      show(button.getAttribute("aria-pressed") === "true" ? null : button.dataset.shows);
    });
    item.append(button);
    buttons.push(button);
  }
})();`;
