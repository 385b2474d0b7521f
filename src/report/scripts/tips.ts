/**
 * Tells what the mark nearest to the pointer is, at once and beside it; without the script a browser shows the same text
 * after a while. All that the tips say stands in the page's tables too.
 */
export const TIPS_SCRIPT = `(() => {
  const REACH = 14;
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true");
  document.body.append(tip);
  const marksOf = new WeakMap();
  const marks = (chart) => {
    if (!marksOf.has(chart)) {
      const found = [...chart.querySelectorAll("title")].map((title) => {
        const mark = title.parentNode;
        const text = title.textContent;
        title.remove();
        return { mark, text };
      });
      marksOf.set(chart, found);
    }
    return marksOf.get(chart);
  };
  const hide = () => {
    tip.hidden = true;
  };
  const point = (event) => {
    const chart = event.target instanceof Element ? event.target.closest(".chart") : null;
    if (!chart) return hide();
    let [least, nearest] = [REACH, null];
    for (const { mark, text } of marks(chart)) {
      const box = mark.getBoundingClientRect();
      const far = Math.hypot(event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2);
      if (far < least) [least, nearest] = [far, { box, text }];
    }
    if (!nearest) return hide();
    tip.textContent = nearest.text;
    tip.hidden = false;
    const { box } = nearest;
    const left = box.left + box.width / 2 - tip.offsetWidth / 2;
    const above = box.top - tip.offsetHeight - 6;
    tip.style.left = Math.max(4, Math.min(left, document.documentElement.clientWidth - tip.offsetWidth - 4)) + "px";
    tip.style.top = (above < 4 ? box.bottom + 6 : above) + "px";
  };
  document.addEventListener("pointermove", point);
  document.addEventListener("pointerdown", point);
  document.addEventListener("scroll", hide, { capture: true, passive: true });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
})();`;
