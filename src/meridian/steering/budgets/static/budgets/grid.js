// Walks the grid with the arrow keys and spreads a block pasted from a spreadsheet over its cells.
(() => {
  const grid = document.querySelector("[data-grid]");
  if (!grid) return;
  const rows = () => [...grid.tBodies[0].rows].map((row) => [...row.querySelectorAll("input")]);
  const place = (input) => {
    const all = rows();
    const row = all.findIndex((cells) => cells.includes(input));
    return [all, row, row < 0 ? -1 : all[row].indexOf(input)];
  };
  const go = (input) => { if (input) { input.focus(); input.select(); } };

  grid.addEventListener("keydown", (event) => {
    const [all, row, column] = place(event.target);
    if (row < 0) return;
    const step = { ArrowDown: 1, ArrowUp: -1, Enter: event.shiftKey ? -1 : 1 }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    go(all[row + step]?.[column]);
  });

  grid.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text");
    const [all, row, column] = place(event.target);
    if (row < 0 || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    const cells = all.filter((row) => row.length);
    const first = cells.indexOf(all[row]);
    const left = [new Set(), new Set()];
    text.replace(/\r/g, "").replace(/\n$/, "").split("\n").forEach((line, down) => {
      line.split("\t").forEach((cell, across) => {
        const target = cells[first + down]?.[column + across];
        if (target) {
          target.value = cell.trim();
          target.dispatchEvent(new Event("input", { bubbles: true }));
        } else if (cell.trim()) {
          if (cells[first + down]) left[1].add(across); else left[0].add(down);
        }
      });
    });
    document.querySelector("[data-cut-shown]").textContent = left[0].size || left[1].size
      ? grid.dataset.cut.replace("%1", left[0].size).replace("%2", left[1].size) : "";
  });
})();
