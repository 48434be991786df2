/** A page on which a person writes as a customer and sees what comes back. */
export const CONTROL_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>WhatsApp stand-in</title>
<style>
  body { font: 16px/1.4 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem }
  form { display: grid; gap: .5rem; margin-bottom: 1.5rem }
  input, button { font: inherit; padding: .5rem }
  li { white-space: pre-wrap; margin-bottom: .5rem }
  small { color: #666 }
</style>
<h1>Write as a customer</h1>
<form>
  <input name="from" aria-label="Phone" value="5491155550101" inputmode="numeric" required>
  <input name="name" aria-label="Name" value="Ana Gómez">
  <input name="text" aria-label="Text" placeholder="Text" required autofocus autocomplete="off">
  <button>Send</button>
  <output role="status"></output>
</form>
<h2>What the customer received</h2>
<ol></ol>
<script>
  const form = document.forms[0];
  const list = document.querySelector("ol");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = JSON.stringify(Object.fromEntries(new FormData(form)));
    const answer = await (await fetch("/_customer", { method: "POST", body })).json();
    form.querySelector("output").value = answer.error ?? "webhook answered " + answer.status;
    form.text.value = "";
  });
  async function refresh() {
    const { data } = await (await fetch("/_outbox")).json();
    list.replaceChildren(...data.map((message) => {
      const item = document.createElement("li");
      const note = document.createElement("small");
      item.textContent = message.text + " ";
      const options = JSON.stringify(message.body.interactive?.action ?? null);
      note.textContent = message.to + (message.outside_window ? " (outside the window)" : "") + (options === "null" ? "" : " " + options);
      item.append(note);
      return item;
    }));
  }
  refresh();
  setInterval(refresh, 1000);
</script>
</html>
`;
