/**
 * Turns heads of the table of verdicts into buttons: a first press sorts its claims, a second turns them round, a third
 * gives the suite's order back. Sorted, the claims of all variants stand together, each with its variant's name.
 */
export const SORT_SCRIPT = `(() => {
  const table = document.querySelector(".overview");
  const bodies = table ? [...table.tBodies] : [];
  const rows = bodies.flatMap((body) => [...body.querySelectorAll("[data-verdict]")].map((row) => ({ row, body })));
  if (rows.length < 2) return;
  const heads = [...table.querySelectorAll("th[data-sort]")];
  const all = document.createElement("tbody");
  all.setAttribute("role", "rowgroup");
  const sort = (chosen, direction) => {
    for (const head of heads) {
      if (head === chosen && direction !== 0) head.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    }
    table.classList.toggle("sorted", direction !== 0);
    if (direction === 0) {
      for (const { row, body } of rows) body.append(row);
      // They may have been filtered meanwhile.
      for (const body of bodies) body.hidden = rows.every((each) => each.body !== body || each.row.hidden);
      table.append(...bodies);
      all.remove();
      return;
    }
    const key = ({ row }) => (chosen.dataset.sort === "rank" ? row.dataset.rank : row.cells[chosen.cellIndex].textContent.trim());
    const ordered = [...rows].sort((a, b) => direction * key(a).localeCompare(key(b), "en", { numeric: true }));
    all.append(...ordered.map(({ row }) => row));
    for (const body of bodies) body.remove();
    all.hidden = rows.every(({ row }) => row.hidden);
    table.append(all);
  };
  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const now = head.getAttribute("aria-sort");
      sort(head, now === null ? 1 : now === "ascending" ? -1 : 0);
    });
  }
  table.classList.add("sortable");
})();`;
