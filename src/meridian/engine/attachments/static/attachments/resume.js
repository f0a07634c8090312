/* Sends the file of a form[data-resumable] in pieces, and goes on where the line broke; without this file, or
   when it can't, the form is sent as it is. */
(() => {
  "use strict";
  const PIECE = 131072, LONGEST_WAIT = 30000;
  const form = document.querySelector("form[data-resumable]");
  if (!form || !window.fetch) return;
  const input = form.querySelector("[type=file]"), bar = form.querySelector("progress"), line = form.querySelector("output");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); addEventListener("online", resolve, { once: true }); });
  const ask = (address, method, headers, body) =>
    fetch(address, { method, body, headers: { "Tus-Resumable": "1.0.0", "X-CSRFToken": token, ...headers } });
  const coded = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
  const keyOf = (file) => `upload ${form.dataset.resumable} ${file.name} ${file.size} ${file.lastModified}`;

  const begin = async (file) => {
    const internal = form.elements.internal && form.elements.internal.checked ? `,internal ${coded("1")}` : "";
    const said = { "Upload-Length": String(file.size), "Upload-Metadata": `filename ${coded(file.name)}${internal}` };
    return ask(form.dataset.resumable, "POST", said);
  };
  const refused = async (answer) => { const fault = new Error(await answer.text()); fault.refused = true; return fault; };
  /* Where the upload is now: the one that was begun before, or a new one */
  const stand = async (file) => {
    const known = localStorage.getItem(keyOf(file));
    if (known) {
      const answer = await ask(known, "HEAD");
      if (answer.ok) return [known, Number(answer.headers.get("Upload-Offset"))];
      localStorage.removeItem(keyOf(file));
    }
    const answer = await begin(file);
    if (answer.status >= 400 && answer.status < 500) throw await refused(answer);
    if (!answer.ok) throw new Error();
    const address = answer.headers.get("Location");
    localStorage.setItem(keyOf(file), address);
    return [address, 0];
  };
  const send = async (file) => {
    let [address, at] = await stand(file);
    while (at < file.size) {
      bar.value = at / file.size;
      const headers = { "Upload-Offset": String(at), "Content-Type": "application/offset+octet-stream" };
      const answer = await ask(address, "PATCH", headers, file.slice(at, at + PIECE));
      if (answer.status === 409 || answer.status === 423 || answer.status >= 500) throw new Error();
      if (!answer.ok) throw await refused(answer);
      at = Number(answer.headers.get("Upload-Offset"));
    }
    bar.value = 1;
  };
  form.addEventListener("submit", async (event) => {
    const file = input.files[0];
    if (!file) return;
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    bar.hidden = false;
    for (let wait = 1000; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
      try {
        await send(file);
        localStorage.removeItem(keyOf(file));
        location.reload();
        return;
      } catch (fault) {
        if (fault.refused) { line.textContent = fault.message; localStorage.removeItem(keyOf(file)); break; }
        line.textContent = line.dataset.waiting;
        await pause(wait);
        line.textContent = "";
      }
    }
    button.disabled = false;
    bar.hidden = true;
  });
})();
